"""What must hold between the ledger's rows, asked of the rows themselves (``make fsck``).

The hot tables carry no database foreign keys (decision 0022); this is the other half of that bargain. Each check is
one statement that returns offenders; a sound ledger returns none. Reads only.
"""

from jieqing.claims.receivables.selectors.statements import current_site, fetch

_OFFENDERS_MAX = 20

_CHECKS: dict[str, str] = {
    "a posting has no item": """
        SELECT p.id::text FROM receivables_posting p
        WHERE p.site_id = %(site)s
          AND NOT EXISTS (SELECT 1 FROM receivables_item i WHERE i.id = p.item_id AND i.site_id = p.site_id)
    """,
    "a posting and its item differ in currency": """
        SELECT p.id::text FROM receivables_posting p
        JOIN receivables_item i ON i.id = p.item_id AND i.site_id = p.site_id
        WHERE p.site_id = %(site)s AND p.voided_rev IS NULL AND p.currency <> i.currency
    """,
    "a withdrawn item still has postings in force": """
        SELECT i.document_number FROM receivables_item i
        JOIN receivables_posting p ON p.item_id = i.id AND p.site_id = i.site_id AND p.voided_rev IS NULL
        WHERE i.site_id = %(site)s AND i.withdrawn_rev IS NOT NULL
    """,
    "an item's own posting differs from its amount": """
        SELECT i.document_number FROM receivables_item i
        LEFT JOIN receivables_posting p
          ON p.item_id = i.id AND p.site_id = i.site_id AND p.voided_rev IS NULL AND p.kind = i.kind
        WHERE i.site_id = %(site)s AND i.withdrawn_rev IS NULL AND i.kind IN (1, 2)
        GROUP BY i.id, i.document_number, i.amount_minor
        HAVING coalesce(sum(p.amount_minor), 0) <> i.amount_minor
    """,
    "an item names no party of this site": """
        SELECT i.document_number FROM receivables_item i
        WHERE i.site_id = %(site)s
          AND (NOT EXISTS (SELECT 1 FROM parties_party q WHERE q.id = i.debtor_id AND q.site_id = i.site_id)
            OR NOT EXISTS (SELECT 1 FROM parties_party q WHERE q.id = i.creditor_id AND q.site_id = i.site_id))
    """,
    "a state of an item does not end where the next begins": """
        SELECT item_id::text FROM (
            SELECT item_id, voided_rev, lead(recorded_rev) OVER (PARTITION BY item_id ORDER BY recorded_rev) AS next
            FROM (
                SELECT item_id, recorded_rev, voided_rev FROM receivables_item_past WHERE site_id = %(site)s
                UNION ALL
                SELECT id, recorded_rev, NULL FROM receivables_item WHERE site_id = %(site)s
            ) states
        ) chained WHERE voided_rev IS NOT NULL AND next IS DISTINCT FROM voided_rev
    """,
    "revision numbers are not 1, 2, 3 …": """
        SELECT number::text FROM (
            SELECT number, row_number() OVER (ORDER BY number) AS expected
            FROM receivables_revision WHERE site_id = %(site)s
        ) numbered WHERE number <> expected
    """,
    "a revision has no evidence entry": """
        SELECT r.number::text FROM receivables_revision r
        WHERE r.site_id = %(site)s
          AND NOT EXISTS (SELECT 1 FROM evidence_entry e WHERE e.id = r.entry_id AND e.site_id = r.site_id)
    """,
    "a row names a revision that does not exist": """
        SELECT revision::text FROM (
            SELECT recorded_rev AS revision FROM receivables_posting WHERE site_id = %(site)s
            UNION SELECT voided_rev FROM receivables_posting WHERE site_id = %(site)s
            UNION SELECT recorded_rev FROM receivables_item WHERE site_id = %(site)s
            UNION SELECT origin_rev FROM receivables_item WHERE site_id = %(site)s
            UNION SELECT withdrawn_rev FROM receivables_item WHERE site_id = %(site)s
            UNION SELECT voided_rev FROM receivables_item_past WHERE site_id = %(site)s
        ) named WHERE revision IS NOT NULL
          AND NOT EXISTS (
            SELECT 1 FROM receivables_revision r WHERE r.site_id = %(site)s AND r.number = named.revision
          )
    """,
}


def ledger_findings() -> list[str]:
    """Every disagreement in the active site's ledger, with up to twenty offenders each; empty when it is sound."""
    findings = []
    for statement, sql in _CHECKS.items():
        offenders = [
            row[0] for row in fetch(f"{sql} LIMIT {_OFFENDERS_MAX}", {"site": current_site()}, large=True)
        ]
        if offenders:
            findings.append(f"{statement}: {', '.join(offenders)}")
    return findings
