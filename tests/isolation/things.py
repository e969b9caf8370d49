"""Things of two sites to try each other's doors with: rows in every site table, an id for every URL parameter."""

# URL or API parameter: the table in which the thing of that name lies.
ID_TABLES: dict[str, str] = {"entry_id": "evidence_entry"}

# Site tables that the cast's two sites hold no row of, each with the reason.
UNFILLED: dict[str, str] = {
    "evidence_chain": "chains begin with cases",
    "evidence_salt": "only entries about people carry salts",
    "evidence_chunk": "only bulk entries have chunks",
    "evidence_leaf": "the sequencer, a process of its own, writes leaves",
    **dict.fromkeys(
        (
            "parties_party",
            "receivables_import_batch",
            "receivables_item",
            "receivables_item_past",
            "receivables_mapping_profile",
            "receivables_posting",
            "receivables_reporting_day",
            "receivables_revision",
            "receivables_staged_row",
        ),
        "filled as soon as the import service is there",
    ),
}
