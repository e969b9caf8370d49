"""People and where they belong. Users are global; what they may do is per site."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from jieqing.estate.accounts.engine.clearances import CLEARANCE_NAMES
from jieqing.estate.accounts.engine.roles import ROLE_NAMES
from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.models import PlatformModel, SiteModel
from jieqing.plumbing.db.platform_tables import declare


class User(AbstractBaseUser):
    """A person who signs in. No site, no role here: one person may belong to several sites."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=80)
    # Known to be this person's: set only from an invitation that was opened from that mailbox.
    email = models.CharField(max_length=254, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = BaseUserManager()

    USERNAME_FIELD = "username"

    class Meta:
        db_table = "accounts_user"

    def __str__(self) -> str:
        return self.display_name


class Membership(SiteModel):
    """A person's role on one site. ``ended_at`` instead of deletion: who could see what stays answerable."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(r.value, names[0]) for r, names in ROLE_NAMES.items()])
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "accounts_membership"
        constraints = [
            # One live row for each (site, person, role): a second invitation changes nothing.
            models.UniqueConstraint(
                fields=["site_id", "user", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_membership_live",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="accounts_membership_user")]


class InvitationEnd(models.TextChoices):
    ACCEPTED = "accepted", "已接受"
    WITHDRAWN = "withdrawn", "已撤回"
    REPLACED = "replaced", "已被新的邀请取代"


class Invitation(SiteModel):
    """A role offered to the holder of a mailbox. Of its token only a digest is kept."""

    email = models.CharField(max_length=254)
    role = models.CharField(max_length=20, choices=[(r.value, names[0]) for r, names in ROLE_NAMES.items()])
    token_digest = models.BinaryField()
    invited_by = models.UUIDField()
    notice_id = models.UUIDField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=InvitationEnd.choices, blank=True)

    class Meta:
        db_table = "accounts_invitation"
        constraints = [
            # One open offer for each (site, mailbox, role): a second one replaces the first.
            models.UniqueConstraint(
                fields=["site_id", "email", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_invitation_open",
            ),
        ]


class Clearance(SiteModel):
    """What a member is cleared for, from when to when, on what document, by whom; ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=20, choices=[(k.value, names[0]) for k, names in CLEARANCE_NAMES.items()]
    )
    from_on = models.DateField()
    to_on = models.DateField()
    source = models.CharField(max_length=20)
    source_digest = models.BinaryField()
    reason = models.CharField(max_length=200)
    attested_by = models.UUIDField()
    entry_id = models.UUIDField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "accounts_clearance"
        # Read at every request of the person: which codes hold today.
        indexes = [models.Index(fields=["user", "site_id"], name="accounts_clearance_user")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_on__lte=models.F("to_on")), name="accounts_clearance_term"
            )
        ]


class SignInMethod(models.TextChoices):
    PASSWORD = "password", "密码"
    PASSWORD_CODE = "password_code", "密码和动态码"
    PASSWORD_RECOVERY = "password_recovery", "密码和恢复码"
    PASSWORD_PASSKEY = "password_passkey", "密码和通行密钥"
    PASSKEY = "passkey", "通行密钥"
    INVITATION = "invitation", "接受邀请"


class SignIn(PlatformModel):
    """One try to sign in. The name that was typed is kept as a keyed digest: people type passwords into it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    name_key = models.BinaryField()
    at = models.DateTimeField()
    method = models.CharField(max_length=20, choices=SignInMethod.choices)
    is_success = models.BooleanField()
    client = models.CharField(max_length=40)
    network = models.CharField(max_length=50)

    class Meta:
        db_table = "accounts_sign_in"
        indexes = [
            # Counting failures of an account, of a network, and the person's own page.
            models.Index(fields=["name_key", "at"], name="accounts_sign_in_name"),
            models.Index(fields=["network", "at"], name="accounts_sign_in_network"),
            models.Index(fields=["user", "-at"], name="accounts_sign_in_user"),
        ]


class Lockout(PlatformModel):
    """A pause of password sign-in: for whom, from when to when, after how many failures."""

    scope = models.CharField(max_length=8)
    name_key = models.BinaryField(null=True)
    network = models.CharField(max_length=50, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    failures = models.PositiveIntegerField()

    class Meta:
        db_table = "accounts_lockout"
        indexes = [models.Index(fields=["until_at"], name="accounts_lockout_until")]


class PasswordReset(PlatformModel):
    """A link sent to a person's mailbox: of its secret only a digest; it works once and for half an hour."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    secret_digest = models.BinaryField(unique=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_password_reset"
        indexes = [models.Index(fields=["user", "-at"], name="accounts_reset_user")]


class UserSession(PlatformModel):
    """A browser in which a person is signed in; ending it deletes Django's session and keeps this row."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    session_key = models.CharField(max_length=40, unique=True, null=True)
    method = models.CharField(max_length=20, choices=SignInMethod.choices)
    client = models.CharField(max_length=40)
    network = models.CharField(max_length=50)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_session"
        indexes = [models.Index(fields=["user", "-created_at"], name="accounts_session_user")]


class ApiToken(SiteModel):
    """A site's key for another program: of its secret only a keyed digest; what it may do never changes."""

    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=10)
    digest = models.BinaryField()
    scopes = models.JSONField()
    expires_on = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "accounts_api_token"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "prefix"], name="accounts_api_token_prefix")
        ]


class ApiTokenRevocation(SiteModel):
    """A token that opens nothing any more: who ended it, when and why."""

    token = models.OneToOneField(ApiToken, on_delete=models.PROTECT, related_name="revocation")
    at = models.DateTimeField()
    by = models.UUIDField()
    reason = models.CharField(max_length=200)
    entry_id = models.UUIDField()

    class Meta:
        db_table = "accounts_api_token_revocation"


class ApiTokenUse(SiteModel):
    """A day on which a token was used; a day is all that its owner needs to know."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="uses")
    used_on = models.DateField()

    class Meta:
        db_table = "accounts_api_token_use"
        constraints = [
            models.UniqueConstraint(fields=["token", "used_on"], name="accounts_api_token_use_day")
        ]


class TokenFailure(PlatformModel):
    """A token that opened nothing: for counting only, so its public name is kept as a keyed digest."""

    prefix_key = models.BinaryField()
    network = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_token_failure"
        indexes = [
            models.Index(fields=["prefix_key", "at"], name="accounts_token_failure_token"),
            models.Index(fields=["network", "at"], name="accounts_token_failure_network"),
        ]


declare("accounts_token_failure", "a token that opened nothing belongs to no site we may name")
declare("accounts_sign_in", "signing in precedes the choice of a site")
declare("accounts_lockout", "signing in precedes the choice of a site")
declare("accounts_password_reset", "a password is a person's, whatever site they work on")
declare("accounts_session", "a session is a person's, whatever site they work on")
declare("mfa_authenticator", "passkeys and code secrets (sealed) belong to a person, not to a site")
declare("account_emailaddress", "kept empty: allauth's own register of addresses is not used here")
declare("account_emailconfirmation", "kept empty: allauth's own confirmations are not used here")
declare("accounts_user", "people are global: sign-in precedes the choice of a site")
