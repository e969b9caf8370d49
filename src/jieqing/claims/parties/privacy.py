"""Personal fields of parties: a debtor may be a person, so its name and code are personal wherever they stand."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

TABLE = "parties_party"
# The creditor's claim outlives the last contact: three years of limitation (Civil Code 188), twice interrupted.
RETENTION_DAYS = 3 * 3 * 365
_ZH, _EN = "识别债权的当事人", "Telling the parties of a claim apart"

declare(
    PersonalField(TABLE, "name", Basis.CONTRACT, _ZH, _EN, RETENTION_DAYS, Mask.NAME),
    PersonalField(TABLE, "name_key", Basis.CONTRACT, _ZH, _EN, RETENTION_DAYS, Mask.HIDDEN),
    PersonalField(
        TABLE,
        "sort_key",
        Basis.CONTRACT,
        "按拼音排列名单",
        "Sorting lists by pinyin",
        RETENTION_DAYS,
        Mask.HIDDEN,
    ),
    PersonalField(TABLE, "code", Basis.CONTRACT, _ZH, _EN, RETENTION_DAYS, Mask.TAIL),
    PersonalField(TABLE, "match_key", Basis.CONTRACT, _ZH, _EN, RETENTION_DAYS, Mask.HIDDEN),
)
