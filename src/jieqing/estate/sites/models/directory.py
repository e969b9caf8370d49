"""The site directory and what is known of a site before it is active: platform tables."""

from django.db import models

from jieqing.estate.sites.engine.tenancy import KIND_NAMES, STATE_NAMES
from jieqing.plumbing.db.models import PlatformModel
from jieqing.plumbing.db.platform_tables import declare


class Site(PlatformModel):
    """A rented site. ``state`` mirrors the newest ``StateChange``; both are written by one service at once.

    Colour and logo stand here because every page of the site shows them, also to visitors and on refusals.
    """

    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=[(k.value, names[0]) for k, names in KIND_NAMES.items()])
    state = models.CharField(
        max_length=12, choices=[(s.value, names[0]) for s, names in STATE_NAMES.items()], default="draft"
    )
    primary_colour = models.CharField(max_length=7, blank=True)
    logo_key = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "sites_site"

    def __str__(self) -> str:
        return self.name


class Operator(PlatformModel):
    """Who runs the platform: appointed on the machine itself, never by a site; ended, never deleted."""

    user_id = models.UUIDField()
    reason = models.CharField(max_length=200)
    appointed_at = models.DateTimeField()
    appointed_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "sites_operator"
        constraints = [
            models.UniqueConstraint(
                fields=["user_id"], condition=models.Q(ended_at__isnull=True), name="sites_operator_live"
            )
        ]


class SiteDomain(PlatformModel):
    """An own host name of a site: asked for, then verified by its token, then perhaps given up.

    A platform table: the host decides the site before any site is active.
    """

    site_id = models.UUIDField()
    host = models.CharField(max_length=253)
    token = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    verified_at = models.DateTimeField(null=True, blank=True)
    # A worker is reading the proof now; nobody waits for somebody else's server inside our transaction.
    checking_since = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    found = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "sites_domain"
        constraints = [
            # A host leads to one site; whoever only asks for it blocks nobody.
            models.UniqueConstraint(
                fields=["host"],
                condition=models.Q(verified_at__isnull=False, ended_at__isnull=True),
                name="sites_domain_verified",
            ),
            models.UniqueConstraint(
                fields=["site_id", "host"],
                condition=models.Q(ended_at__isnull=True),
                name="sites_domain_open",
            ),
        ]

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def is_checking(self) -> bool:
        return self.checking_since is not None


class SignUp(PlatformModel):
    """An application begun from a network address, known by a keyed digest only; gone after two days."""

    source = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "sites_sign_up"
        indexes = [models.Index(fields=["source", "at"], name="sites_sign_up_source")]


declare("sites_site", "the directory of sites: looked up by host or slug before any site is active")
declare("sites_operator", "who runs the platform: no site appoints them or may see them")


class BankLine(PlatformModel):
    """A line of the platform's own bank statement that paid an invoice: one line, one invoice of one site."""

    reference = models.CharField(max_length=60, unique=True)
    invoice_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "sites_bank_line"


declare("sites_bank_line", "the platform has one account for all its tenants' rent; no site's page reads it")
declare("sites_sign_up", "counts applications by address before there is a site; digests, for two days")
declare("sites_domain", "own host names: looked up before any site is active, public by nature")


class StandingWords(PlatformModel):
    """Public words of a site in which something forbidden stands, for the platform's operator; ended when the words change."""

    site_id = models.UUIDField()
    surface = models.CharField(max_length=16)
    key = models.CharField(max_length=253, blank=True)
    shown = models.CharField(max_length=300)
    digest = models.BinaryField(max_length=32)
    findings = models.JSONField()
    found_at = models.DateTimeField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_entry_id = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "sites_standing_words"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "surface", "key"],
                condition=models.Q(ended_at__isnull=True),
                name="sites_standing_words_live",
            )
        ]


declare(
    "sites_standing_words",
    "public words of tenants that the platform's operator must look at; no person's data",
)
