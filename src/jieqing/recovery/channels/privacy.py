"""Personal fields of channels: what was written to a debtor and what came back. Sealed; opened in the owner's full export."""

from jieqing.plumbing import sealing
from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare
from jieqing.recovery.channels.selectors import SEAL

# Records of contacts: five years (law.md NIFA-01, CFC-01).
RECORD_DAYS = 5 * 365
_SENT = ("证明向债务人写了什么", "Showing what was written to a debtor")
_CAME = ("处理债务人的来信", "Dealing with what a debtor wrote")
_WHY = ("证明发送结果如何核实", "Showing how the outcome of a message was found out")


def _field(table: str, column: str, purpose: tuple[str, str]) -> PersonalField:
    return PersonalField(table, column, Basis.LEGAL_DUTY, *purpose, RECORD_DAYS, Mask.HIDDEN)


declare(
    _field("channels_message", "subject_sealed", _SENT),
    _field("channels_message", "body_sealed", _SENT),
    _field("channels_received", "text_sealed", _CAME),
    _field("channels_step", "reason", _WHY),
)
for _table, _column in (
    ("channels_message", "subject_sealed"),
    ("channels_message", "body_sealed"),
    ("channels_received", "text_sealed"),
):
    sealing.declare_column(_table, _column, SEAL)
