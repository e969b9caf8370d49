"""The sign-in form."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User names are kept in lower case, so that "Zhang" and "zhang" are one person."""

    error_messages = {
        "invalid_login": _("用户名或密码不正确。请检查后重试；密码区分大小写。"),
        "inactive": _("该账号已停用。请联系站点负责人。"),
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()
