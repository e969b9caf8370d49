"""What a tenant has shown and promised, and how its site came into the state it is in.

Papers are rows with a date: a renewed filing or another account is a new row, the older one is ended and stays.
"""

from django.db import models

from jieqing.estate.sites.engine.filings import FILING_NAMES, FilingTerm
from jieqing.plumbing.db.models import SiteModel


class Profile(SiteModel):
    """The tenant as its licence names it; one row, every change with evidence."""

    scope = models.CharField(max_length=1000, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    licence_number = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    updated_at = models.DateTimeField()
    updated_by = models.UUIDField()

    class Meta:
        db_table = "sites_profile"
        constraints = [models.UniqueConstraint(fields=["site_id"], name="sites_profile_site")]


class Licence(SiteModel):
    """An uploaded licence as it came: kept in the file store, its digest in evidence. The newest counts."""

    file_name = models.CharField(max_length=200)
    file_key = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "sites_licence"


class Filing(SiteModel):
    """A filing 备案 of the tenant with an authority; ``until_on`` empty means without an end.

    What the tenant says counts once the platform has confirmed it; until then an earlier, confirmed one goes on.
    """

    kind = models.CharField(max_length=24, choices=[(k.value, names[0]) for k, names in FILING_NAMES.items()])
    number = models.CharField(max_length=60)
    authority = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "sites_filing"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "kind"],
                condition=models.Q(ended_at__isnull=True, confirmed_at__isnull=False),
                name="sites_filing_confirmed",
            ),
            models.UniqueConstraint(
                fields=["site_id", "kind"],
                condition=models.Q(ended_at__isnull=True, confirmed_at__isnull=True),
                name="sites_filing_waiting",
            ),
        ]

    @property
    def term(self) -> FilingTerm:
        return FilingTerm(self.from_on, self.until_on)


class SupervisedAccount(SiteModel):
    """The supervised account into which debtors pay: the tenant's or the creditor's, never ours."""

    bank = models.CharField(max_length=80)
    holder = models.CharField(max_length=120)
    sealed = models.BinaryField()
    tail = models.CharField(max_length=4)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "sites_supervised_account"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id"], condition=models.Q(ended_at__isnull=True), name="sites_account_live"
            )
        ]


class Agreement(SiteModel):
    """The service agreement as it was accepted: which version, in which language, by whom."""

    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    digest = models.BinaryField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "sites_agreement"
        constraints = [models.UniqueConstraint(fields=["site_id", "version"], name="sites_agreement_version")]


class StateChange(SiteModel):
    """A step of the site's life: from, to, who, when, why."""

    number = models.PositiveIntegerField()
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    cause = models.CharField(max_length=24)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "sites_state_change"
        constraints = [
            models.UniqueConstraint(fields=["site_id", "number"], name="sites_state_change_number")
        ]


class SelfTest(SiteModel):
    """Evidence tried out for this site: an entry was recorded, published, bundled and verified, or was not."""

    probe_id = models.UUIDField()
    is_passed = models.BooleanField()
    levels = models.JSONField(default=dict)
    at = models.DateTimeField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "sites_self_test"


class StandingPlacement(SiteModel):
    """The standing order of an in-house team to recover its own company's debts; read by ``recovery.cases``."""

    from_on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "sites_standing_placement"
        constraints = [
            models.UniqueConstraint(
                fields=["site_id"], condition=models.Q(ended_at__isnull=True), name="sites_placement_live"
            )
        ]
