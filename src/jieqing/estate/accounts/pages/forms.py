"""Forms about people: signing in, inviting, accepting, ending a role."""

from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.estate.accounts.engine.api_tokens import NAME_CHARS_MAX, SCOPES
from jieqing.estate.accounts.engine.clearances import ClearanceKind, clearance_name
from jieqing.estate.accounts.engine.roles import INVITABLE, PERMISSION_NAMES, role_name
from jieqing.plumbing.templatetags.kit import lang

NO_ANSWER = _("设备的应答不完整或已失效，请再试一次。")


class SignInForm(forms.Form):
    """User names are kept in lower case, so that "Zhang" and "zhang" are one person."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "username webauthn", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


class _WholeAnswer(forms.Form):
    """allauth trusts the shape of what a device answers; a crafted answer must be a refusal, not a fault."""

    def clean_credential(self) -> Any:
        answer = self.cleaned_data["credential"]
        response = answer.get("response") if isinstance(answer, dict) else None
        if not isinstance(response, dict) or not {"id", "rawId", "type"} <= set(answer):
            raise forms.ValidationError(NO_ANSWER)
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise forms.ValidationError(NO_ANSWER) from error


class PasskeyLoginForm(_WholeAnswer, LoginWebAuthnForm):
    pass


class PasskeyStepForm(_WholeAnswer, AuthenticateWebAuthnForm):
    pass


class PasskeyConfirmForm(_WholeAnswer, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey here always works without a password, so it must verify the person (PIN, finger, face)."""

    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["name"].label = _("名称")
        self.fields["name"].help_text = _("例如“办公室电脑”，方便日后辨认。")

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise forms.ValidationError(NO_ANSWER) from error
        cleaned["name"] = str(cleaned.get("name", ""))[:60]
        return cleaned


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


class ChangePasswordForm(forms.Form):
    old = forms.CharField(
        label=_("当前密码"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new = forms.CharField(
        label=_("新密码"),
        max_length=1024,
        strip=False,
        help_text=_("至少 10 个字符，不要用常见密码。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class AskResetForm(forms.Form):
    name = forms.CharField(
        label=_("用户名或邮箱"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )


class ResetPasswordForm(forms.Form):
    new = forms.CharField(
        label=_("新密码"),
        max_length=1024,
        strip=False,
        help_text=_("至少 10 个字符，不要用常见密码。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )


class EndForm(forms.Form):
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("理由会进入存证。"))


class ClearanceForm(forms.Form):
    """What the operator attests, and the document they saw: only its digest is kept."""

    kind = forms.ChoiceField(label=_("许可"))
    from_on = forms.DateField(label=_("起始日"), widget=forms.DateInput(attrs={"type": "date"}))
    to_on = forms.DateField(label=_("终止日"), widget=forms.DateInput(attrs={"type": "date"}))
    document = forms.FileField(
        label=_("证明文件"), help_text=_("只保存文件的摘要值，不保存文件。"), allow_empty_file=False
    )
    reason = forms.CharField(label=_("核发理由"), max_length=200, help_text=_("理由会进入存证。"))

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(each.value, clearance_name(each, lang())) for each in ClearanceKind]


class TokenForm(forms.Form):
    """What a new API token is for and may do."""

    name = forms.CharField(
        label=_("名称"), max_length=NAME_CHARS_MAX, help_text=_("写明由哪个程序使用，例如“财务系统对接”。")
    )
    scopes = forms.MultipleChoiceField(
        label=_("权限"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只勾选这个程序需要的；创建后不能增加。"),
    )
    expires_on = forms.DateField(label=_("到期日"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        index = 0 if lang() == "zh" else 1
        scopes.choices = [(scope, f"{PERMISSION_NAMES[scope][index]} · {scope}") for scope in SCOPES]
