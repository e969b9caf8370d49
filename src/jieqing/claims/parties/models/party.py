"""Parties: who owes and who is owed. Identity only; how to reach them and what stands about them is beside."""

from django.db import models

from jieqing.claims.parties.engine.identifiers import IdentifierKind
from jieqing.claims.parties.engine.names import NAME_CHARS_MAX, SORT_KEY_CHARS_MAX, PartyKind
from jieqing.plumbing.db.models import SiteModel

CODE_CHARS_MAX = 80
MATCH_KEY_CHARS_MAX = 320


class Party(SiteModel):
    """A company or a person as one site knows it.

    ``match_key`` says what makes two mentions the same party: the customer code within the books of one creditor
    (``code:<creditor>:<code>``), because two creditors number their customers independently; else the name
    (``name:<name key>``). Merging parties that the keys keep apart is a person's decision, never an import's.
    """

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in PartyKind])
    name = models.CharField(max_length=NAME_CHARS_MAX)
    name_key = models.CharField(max_length=NAME_CHARS_MAX)
    sort_key = models.CharField(max_length=SORT_KEY_CHARS_MAX)
    code = models.CharField(max_length=CODE_CHARS_MAX, blank=True)
    match_key = models.CharField(max_length=MATCH_KEY_CHARS_MAX)

    class Meta:
        db_table = "parties_party"
        constraints = [
            # Imports upsert on it: two workers that meet a new debtor at once make one party.
            models.UniqueConstraint(fields=["site_id", "match_key"], name="parties_party_match"),
        ]
        indexes = [
            # Lists are read in pinyin order; the id makes the order total, so that pages do not skip or repeat.
            models.Index(fields=["site_id", "sort_key", "id"], name="parties_party_sorted"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class PartyIdentifier(SiteModel):
    """A number that the state gave to a party; sealed, found by its keyed digest, emptied once erased."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in IdentifierKind])
    value_sealed = models.BinaryField(null=True)
    lookup = models.BinaryField(null=True)
    source = models.CharField(max_length=16)
    batch_id = models.UUIDField(null=True)
    added_at = models.DateTimeField()
    added_by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "parties_identifier"
        constraints = [models.UniqueConstraint(fields=["party", "lookup"], name="parties_identifier_once")]
