"""Personal fields of scripts: only what people wrote as reasons. Texts carry variables, never anybody's data."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

# Records of collection are kept five years (自律公约 2018; 消费金融公司管理办法); what was said rests on them.
RETENTION_DAYS = 5 * 365
_WHY = ("说明话术为何退回、停用或修改", "Saying why a script was returned, withdrawn or changed")

declare(
    *(
        PersonalField(f"scripts_{table}", column, Basis.LEGAL_DUTY, *_WHY, RETENTION_DAYS, Mask.HIDDEN)
        for table, column in (("filing", "reason"), ("version", "note"), ("reviewer_key_step", "reason"))
    )
)
