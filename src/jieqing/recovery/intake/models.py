"""What creditors declared about their debts, what the check said of each, and what a lawyer decided where it doubted.

Nothing is changed: a new declaration follows the old one, a check is written again when its facts or the pack have
changed, and a decision belongs to one check. So whoever opened a case can show what was known on that day.
"""

from django.db import models

from jieqing.plumbing.db.models import SiteModel
from jieqing.recovery.intake.engine.legality import Colour

COLOURS = [
    (Colour.GREEN.value, "可以立案"),
    (Colour.AMBER.value, "须律师决定"),
    (Colour.RED.value, "不能立案"),
]


class Declaration(SiteModel):
    """Answers about all debts of a placement, or about those of one of its debtors. The newest counts."""

    placement = models.ForeignKey("placements.Placement", on_delete=models.PROTECT, related_name="+")
    debtor = models.ForeignKey("parties.Party", null=True, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "intake_declaration"
        indexes = [models.Index(fields=["placement", "debtor", "-id"], name="intake_declaration_newest")]


class LegalityCheck(SiteModel):
    """What the pack said of one item: its facts, both digests and every reason."""

    item = models.ForeignKey(
        "receivables.Item", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    debtor = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    placement = models.ForeignKey(
        "placements.Placement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    colour = models.CharField(max_length=6, choices=COLOURS)
    facts = models.JSONField()
    facts_digest = models.CharField(max_length=64)
    pack_digest = models.CharField(max_length=64)
    reasons = models.JSONField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "intake_check"
        indexes = [
            # The newest of an item, and the list, newest first.
            models.Index(fields=["site_id", "item", "-id"], name="intake_check_of_item"),
            models.Index(fields=["site_id", "colour", "-id"], name="intake_check_list"),
        ]


class LawyerDecision(SiteModel):
    """A lawyer let an amber debt through, or did not, and said why. One for each check."""

    check_row = models.OneToOneField(LegalityCheck, on_delete=models.PROTECT, related_name="decision")
    is_allowed = models.BooleanField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "intake_decision"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="intake_decision_has_reason"),
        ]


class Consultation(SiteModel):
    """An enquiry that was triaged and answered: what was told, what was advised, by whom. One for each enquiry."""

    enquiry = models.OneToOneField("reception.Enquiry", on_delete=models.PROTECT, related_name="+")
    told = models.JSONField()
    advice = models.JSONField()
    route = models.CharField(max_length=14)
    answerer = models.CharField(max_length=80)
    step_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "intake_consultation"
