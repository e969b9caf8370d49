"""Personal fields of people who are written to."""

from jieqing.plumbing.personal import Basis, Mask, PersonalField, declare

declare(
    PersonalField(
        table="notices_notice",
        column="address",
        basis=Basis.CONTRACT,
        purpose_zh="送达事务通知，并能说明送达情况",
        purpose_en="Delivering a service message and being able to say whether it arrived",
        retention_days=180,
        mask=Mask.TAIL,
    ),
    PersonalField(
        table="notices_notice",
        column="values",
        basis=Basis.CONTRACT,
        purpose_zh="固定格式通知中的名称与时间",
        purpose_en="Names and times in a fixed-form notice",
        retention_days=180,
        mask=Mask.HIDDEN,
    ),
    PersonalField(
        table="notices_notice",
        column="sealed",
        basis=Basis.CONTRACT,
        purpose_zh="验证码与一次性链接，发出后销毁",
        purpose_en="Codes and single-use links, destroyed once sent",
        retention_days=1,
        mask=Mask.HIDDEN,
        is_sensitive=True,
    ),
)
