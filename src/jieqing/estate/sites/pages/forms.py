"""Forms of the rental. They read values; whether a value is right is said by the services, in place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.estate.sites.engine.rent import PLANS
from jieqing.estate.sites.models import Filing, Profile, SupervisedAccount
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.templatetags.kit import lang


def say(form: forms.Form, field: str | None, problem: Problem) -> None:
    """A Problem at its field: what is wrong and what to do."""
    form.add_error(field if field in form.fields else None, f"{problem.text(lang())} {problem.todo(lang())}")


class PapersForm(forms.Form):
    scope = forms.CharField(
        label=_("经营范围"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("照营业执照或许可证填写。"),
        required=False,
    )
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=24,
        help_text=_("18 位，末位为校验位；空格会自动去掉。"),
        required=False,
    )
    licence_number = forms.CharField(
        label=_("执业许可证号"), max_length=40, required=False, help_text=_("律师事务所必填，其他机构选填。")
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("事务邮箱"), required=False, help_text=_("站点状态和租用费通知发到这里。")
    )
    licence = forms.FileField(
        label=_("证照文件"),
        required=False,
        allow_empty_file=True,
        help_text=_("营业执照或执业许可证，PDF、PNG 或 JPEG，10 MB 以内。摘要进入存证。"),
    )

    @staticmethod
    def initial_of(profile: Profile) -> dict[str, Any]:
        names = ("scope", "credit_code", "licence_number", "address", "phone", "email")
        return {name: getattr(profile, name) for name in names}


class FilingForm(forms.Form):
    number = forms.CharField(label=_("备案号"), max_length=60)
    authority = forms.CharField(label=_("备案机关"), max_length=120)
    from_on = forms.DateField(label=_("有效期起"), widget=forms.DateInput(attrs={"type": "date"}))
    until_on = forms.DateField(
        label=_("有效期止"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
        help_text=_("长期有效的留空。"),
    )

    @staticmethod
    def initial_of(filing: Filing | None) -> dict[str, Any]:
        if filing is None:
            return {}
        until = filing.until_on.isoformat() if filing.until_on else ""
        return {
            "number": filing.number,
            "authority": filing.authority,
            "from_on": filing.from_on.isoformat(),
            "until_on": until,
        }


class AccountForm(forms.Form):
    bank = forms.CharField(
        label=_("开户银行"), max_length=80, help_text=_("写到支行，例如 无锡农村商业银行滨湖支行。")
    )
    holder = forms.CharField(label=_("账户名称"), max_length=120)
    number = forms.CharField(
        label=_("账号"),
        max_length=48,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("加密保存，之后只显示末四位。平台不收取也不代管其中的资金。"),
    )

    @staticmethod
    def initial_of(account: SupervisedAccount | None) -> dict[str, Any]:
        return {"bank": account.bank, "holder": account.holder} if account else {}


class LookForm(forms.Form):
    primary = forms.CharField(
        label=_("主色"),
        max_length=9,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("白色文字要能在上面看清；太浅时会给出最接近的可用颜色。"),
    )
    logo = forms.FileField(
        label=_("标志"),
        required=False,
        help_text=_("PNG 或 JPEG，512 KB 以内。不接受 SVG。"),
        allow_empty_file=True,
    )
    drop_logo = forms.BooleanField(label=_("不用标志，用名称首字"), required=False)


class AgreementForm(forms.Form):
    version = forms.CharField(widget=forms.HiddenInput())
    accept = forms.BooleanField(label=_("我有权代表本机构，已阅读并接受以上协议"))


class StepForm(forms.Form):
    """A step of the state, on the state that its reader saw."""

    expected = forms.CharField(widget=forms.HiddenInput(), required=False)
    step = forms.CharField(widget=forms.HiddenInput())
    reason = forms.CharField(
        label=_("理由"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DomainForm(forms.Form):
    host = forms.CharField(
        label=_("域名"), max_length=253, help_text=_("例如 collect.example.cn，不带 https://。")
    )


class PlanForm(forms.Form):
    plan = forms.ChoiceField(label=_("租用方案"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        plan = self.fields["plan"]
        assert isinstance(plan, forms.ChoiceField)
        plan.choices = [(one.code, one.name_zh if lang() == "zh" else one.name_en) for one in PLANS.values()]


class ReceivedForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput())
    bank_reference = forms.CharField(label=_("银行流水号"), max_length=60)
    received_on = forms.DateField(label=_("到账日"), widget=forms.DateInput(attrs={"type": "date"}))
