"""The channels a person thinks of at a point of a kind; the rest are asked for by name."""

from jieqing.claims.parties.engine.choices import Channel
from jieqing.claims.parties.engine.contact_points import PointKind

SHOWN: dict[PointKind, tuple[Channel, ...]] = {
    PointKind.MOBILE: (Channel.VOICE_HUMAN, Channel.SMS),
    PointKind.PHONE: (Channel.VOICE_HUMAN,),
    PointKind.EMAIL: (Channel.EMAIL,),
    PointKind.ADDRESS: (Channel.LETTER, Channel.VISIT),
    PointKind.IM: (Channel.IM,),
}
