"""Forms about people: signing in, inviting, accepting, ending a role."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from jieqing.estate.accounts.engine.roles import INVITABLE, role_name
from jieqing.plumbing.templatetags.kit import lang


class SignInForm(AuthenticationForm):
    """User names are kept in lower case, so that "Zhang" and "zhang" are one person."""

    error_messages = {
        "invalid_login": _("用户名或密码不正确。请检查后重试；密码区分大小写。"),
        "inactive": _("该账号已停用。请联系站点负责人。"),
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("邮箱"),
        max_length=254,
        help_text=_("邀请邮件发到这里；打开链接即证明邮箱属于对方。"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("角色"))

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(each.value, role_name(each, lang())) for each in INVITABLE]


class JoinForm(forms.Form):
    """A new person: how they sign in and what colleagues call them."""

    display_name = forms.CharField(
        label=_("姓名"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("用户名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("密码"),
        help_text=_("至少 10 个字符，不要用常见密码。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class EndForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("理由会进入存证。"))
