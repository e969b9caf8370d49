"""People and where they belong. Users are global; what they may do is per site."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from jieqing.estate.accounts.engine.roles import ROLE_NAMES
from jieqing.kernel.ids import new_id
from jieqing.plumbing.db.models import SiteModel
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


declare("accounts_user", "people are global: sign-in precedes the choice of a site")
