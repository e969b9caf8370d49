"""The keys that facts may have, as ``contracts/owed-facts.schema.json`` names them; any other is a warning."""

FACTS = frozenset(
    {
        "kind",
        "creditor_kind",
        "debtor_kind",
        "contract_date",
        "currency",
        "items",
        "payments",
        "costs",
        "judgment",
        "suit_date",
        "late_multiple",
        "delivered_on",
        "settlement_submitted_on",
        "floating",
        "rounding",
        "notices",
        "order",
        "asks_old_rule",
        "lpr",
    }
)
ITEM = frozenset(
    {
        "id",
        "principal_fen",
        "due",
        "secured",
        "rate",
        "rate_basis",
        "penalty_rate",
        "prepaid_interest_fen",
        "interest_from",
        "penalty_mode",
        "advance",
        "first_principal_fen",
        "first_from",
        "first_rate",
    }
)
