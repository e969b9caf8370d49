"""Personal fields of parties: a debtor may be a person, so its name and code are personal wherever they stand.

Contact points: the debtor's own serve the claim (basis: the contract); so does a third person's only to find the debtor, which
is why it is masked, told nothing, and gone once it refuses. Export: ``sealing.declare_column`` opens the sealed columns in the
site owner's full export. Erasure: ``services.erase_point``.
"""

from jieqing.claims.parties.selectors.sealed import SEAL
from jieqing.plumbing import sealing
from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

TABLE, POINTS, IDENTIFIERS = "parties_party", "parties_contact_point", "parties_identifier"
# The creditor's claim outlives the last contact: three years of limitation (Civil Code 188), twice interrupted.
RETENTION_DAYS = 3 * 3 * 365
# Records of how somebody was reached: five years (law.md NIFA-01, CFC-01).
RECORD_DAYS = 5 * 365
_ZH, _EN = "识别债权的当事人", "Telling the parties of a claim apart"
_REACH_ZH, _REACH_EN = (
    "依法联系债务人、保证人或转告",
    "Reaching the debtor or guarantor, or having a message passed on",
)
_CHOICE_ZH, _CHOICE_EN = "遵守本人对联系方式的选择", "Keeping to what the person chose about being reached"
_STAND_ZH, _STAND_EN = (
    "依法决定可否联系、向谁主张",
    "Deciding by law whether to contact, and who answers for the debt",
)


def _party(column: str, mask: Mask, purpose: tuple[str, str] = (_ZH, _EN)) -> PersonalField:
    return PersonalField(TABLE, column, Basis.CONTRACT, *purpose, RETENTION_DAYS, mask)


def _point(column: str, mask: Mask) -> PersonalField:
    return PersonalField(
        POINTS, column, Basis.CONTRACT, _REACH_ZH, _REACH_EN, RECORD_DAYS, mask, is_sensitive=True
    )


def _record(table: str, column: str, zh: str, en: str) -> PersonalField:
    return PersonalField(table, column, Basis.LEGAL_DUTY, zh, en, RECORD_DAYS, Mask.HIDDEN)


declare(
    _party("name", Mask.NAME),
    _party("name_key", Mask.HIDDEN),
    _party("sort_key", Mask.HIDDEN, ("按拼音排列名单", "Sorting lists by pinyin")),
    _party("code", Mask.TAIL),
    _party("match_key", Mask.HIDDEN),
    _point("value_sealed", Mask.TAIL),
    _point("lookup", Mask.HIDDEN),
    _point("holder_sealed", Mask.NAME),
    _point("timezone", Mask.NONE),
    _record("parties_contact_point_state", "reason", _REACH_ZH, _REACH_EN),
    _record("parties_contact_choice", "lookup", _CHOICE_ZH, _CHOICE_EN),
    _record("parties_contact_choice", "reason", _CHOICE_ZH, _CHOICE_EN),
    _record("parties_agreed_hours", "reason", _CHOICE_ZH, _CHOICE_EN),
    _record("parties_guarantee", "reason", _STAND_ZH, _STAND_EN),
    _record("parties_debtor_event", "reason", _STAND_ZH, _STAND_EN),
)
declare(
    PersonalField(
        IDENTIFIERS, "value_sealed", Basis.CONTRACT, _ZH, _EN, RETENTION_DAYS, Mask.TAIL, is_sensitive=True
    ),
    PersonalField(IDENTIFIERS, "lookup", Basis.CONTRACT, _ZH, _EN, RETENTION_DAYS, Mask.HIDDEN),
)
sealing.declare_column(IDENTIFIERS, "value_sealed", SEAL)
sealing.declare_column(POINTS, "value_sealed", SEAL)
sealing.declare_column(POINTS, "holder_sealed", SEAL)
