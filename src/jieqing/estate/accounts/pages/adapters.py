"""Where allauth meets this house: what it may do, what it must tell, and what it must not send.

allauth brings the ceremonies (passkeys, codes, asking again before a change); people, sessions, the log and every mail
stay ours. Its second-factor secrets are sealed with a key outside the database.
"""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from jieqing.estate.accounts import services
from jieqing.estate.accounts.engine.client import coarse_client, coarse_network
from jieqing.estate.accounts.models import SignInMethod, User
from jieqing.estate.accounts.services.signing_in import Origin
from jieqing.plumbing import sealing

_ADDED = {"totp": "codes_app_added", "webauthn": "passkey_added", "recovery_codes": "recovery_codes_made"}
_REMOVED = {"totp": "codes_app_removed", "webauthn": "passkey_removed"}
_SECOND = {
    "totp": SignInMethod.PASSWORD_CODE,
    "recovery_codes": SignInMethod.PASSWORD_RECOVERY,
    "webauthn": SignInMethod.PASSWORD_PASSKEY,
}


def origin_of(request: HttpRequest) -> Origin:
    return Origin(
        client=coarse_client(request.headers.get("User-Agent", "")),
        network=coarse_network(request.META.get("REMOTE_ADDR", "")),
    )


class AccountAdapter(DefaultAccountAdapter):
    """People come in by invitation only; mail leaves through ``trust.notices`` only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise RuntimeError(f"{template_prefix}: mail leaves through trust.notices only")

    def send_notification_mail(self, *args: Any, **extra: Any) -> None:
        """What changed is told by ``services.note_account_change``."""

    def add_message(self, *args: Any, **extra: Any) -> None:
        """The pages say what changed themselves, in our words."""

    def post_login(self, request: HttpRequest, user: User, **extra: Any) -> HttpResponse:
        services.note_sign_in(
            user=user,
            method=_method(request, user),
            origin=origin_of(request),
            session_key=request.session.session_key or "",
            lasts=timedelta(seconds=request.session.get_expiry_age()),
        )
        response: HttpResponse = super().post_login(request, user, **extra)
        return response


class MfaAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return sealing.seal("accounts.mfa", text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal("accounts.mfa", encrypted_text.encode("ascii")).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("通行密钥 %(number)d") % {"number": number}


def _method(request: HttpRequest, user: User) -> SignInMethod:
    """How the person came in, from the steps that allauth wrote down for this login."""
    steps = get_authentication_records(request, user)
    if not steps:
        return SignInMethod.INVITATION
    last = steps[-1]
    if last.get("passwordless"):
        return SignInMethod.PASSKEY
    return _SECOND.get(str(last.get("type", "")), SignInMethod.PASSWORD)


def authenticator_added(sender: type, user: User, authenticator: Authenticator, **extra: Any) -> None:
    services.note_account_change(user=user, change=_ADDED[authenticator.type])


def authenticator_removed(sender: type, user: User, authenticator: Authenticator, **extra: Any) -> None:
    # Recovery codes go with the last method; that alone is no news.
    if authenticator.type in _REMOVED:
        services.note_account_change(user=user, change=_REMOVED[authenticator.type])


def authentication_failed(sender: type, request: HttpRequest, user: User, **extra: Any) -> None:
    services.note_failed_code(user=user, origin=origin_of(request))


def listen() -> None:
    """Hear allauth's own signals (these are no model signals); called when the app starts."""
    from allauth.mfa import signals

    signals.authenticator_added.connect(authenticator_added)
    signals.authenticator_reset.connect(authenticator_added)
    signals.authenticator_removed.connect(authenticator_removed)
    signals.authentication_failed.connect(authentication_failed)
