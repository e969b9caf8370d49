"""Forms of the beginning: the organisation, and the account of its owner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.estate.sites.engine.tenancy import KIND_NAMES
from jieqing.plumbing.templatetags.kit import lang


class OrganisationForm(forms.Form):
    kind = forms.ChoiceField(label=_("机构类型"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("机构全称"), max_length=120, help_text=_("照营业执照或执业许可证填写。"))
    slug = forms.CharField(
        label=_("站点代号"),
        max_length=40,
        help_text=_("用在网址里，2 至 40 个小写字母、数字或连字符，开通后不能更改。"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(each.value, names[0 if lang() == "zh" else 1]) for each, names in KIND_NAMES.items()]

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).strip().lower()


class OwnerForm(forms.Form):
    display_name = forms.CharField(
        label=_("姓名"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("用户名"),
        max_length=40,
        help_text=_("小写字母、数字、点、下划线或连字符。"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=1024,
        strip=False,
        help_text=_("至少 10 个字符；登录后可以改用通行密钥。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
