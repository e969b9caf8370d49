"""Does the ledger of the active site still say what it must? The references that no foreign key holds, and the sums.

Each check is one statement that returns how many rows break it; a healthy ledger answers nothing. Run by ``make fsck``,
inside ``site_scope``.
"""

from django.db import connection

from jieqing.claims.receivables.selectors.statements import current_site

# What is broken when the count is not 0 -> the statement that counts.
CHECKS: dict[str, str] = {
    "postings without an item": """
        SELECT count(*) FROM receivables_posting p LEFT JOIN receivables_item i ON i.id = p.item_id AND i.site_id = p.site_id
        WHERE p.site_id = %(site)s AND i.id IS NULL""",
    "items without a debtor or creditor": """
        SELECT count(*) FROM receivables_item i
        LEFT JOIN parties_party d ON d.id = i.debtor_id AND d.site_id = i.site_id
        LEFT JOIN parties_party c ON c.id = i.creditor_id AND c.site_id = i.site_id
        WHERE i.site_id = %(site)s AND (d.id IS NULL OR c.id IS NULL)""",
    "items without a batch": """
        SELECT count(*) FROM receivables_item i LEFT JOIN receivables_import_batch b ON b.id = i.batch_id AND b.site_id = i.site_id
        WHERE i.site_id = %(site)s AND b.id IS NULL""",
    "past states without an item": """
        SELECT count(*) FROM receivables_item_past h LEFT JOIN receivables_item i ON i.id = h.item_id AND i.site_id = h.site_id
        WHERE h.site_id = %(site)s AND i.id IS NULL""",
    "items without the posting of their own amount": """
        SELECT count(*) FROM receivables_item i
        WHERE i.site_id = %(site)s AND i.withdrawn_rev IS NULL AND i.amount_minor <> 0 AND NOT EXISTS (
            SELECT 1 FROM receivables_posting p
            WHERE p.site_id = i.site_id AND p.item_id = i.id AND p.voided_rev IS NULL
              AND p.amount_minor = i.amount_minor AND p.effective_on = i.invoice_on)""",
    "postings in another currency than their item": """
        SELECT count(*) FROM receivables_posting p JOIN receivables_item i ON i.id = p.item_id AND i.site_id = p.site_id
        WHERE p.site_id = %(site)s AND p.voided_rev IS NULL AND i.currency <> p.currency""",
    "live postings on withdrawn items": """
        SELECT count(*) FROM receivables_posting p JOIN receivables_item i ON i.id = p.item_id AND i.site_id = p.site_id
        WHERE p.site_id = %(site)s AND p.voided_rev IS NULL AND i.withdrawn_rev IS NOT NULL""",
    "revisions with gaps in their numbers or times that run backwards": """
        SELECT count(*) FROM (
            SELECT number, row_number() OVER (ORDER BY number) AS place, at, lag(at) OVER (ORDER BY number) AS before
            FROM receivables_revision WHERE site_id = %(site)s) r
        WHERE number <> place OR at < before""",
    "rows of revisions that do not exist": """
        SELECT count(*) FROM (
            SELECT recorded_rev AS number FROM receivables_item WHERE site_id = %(site)s
            UNION SELECT origin_rev FROM receivables_item WHERE site_id = %(site)s
            UNION SELECT withdrawn_rev FROM receivables_item WHERE site_id = %(site)s
            UNION SELECT recorded_rev FROM receivables_posting WHERE site_id = %(site)s
            UNION SELECT voided_rev FROM receivables_posting WHERE site_id = %(site)s
            UNION SELECT voided_rev FROM receivables_item_past WHERE site_id = %(site)s) n
        WHERE number IS NOT NULL
          AND number NOT IN (SELECT number FROM receivables_revision WHERE site_id = %(site)s)""",
    "past states that overlap the one after them": """
        SELECT count(*) FROM (
            SELECT voided_rev, lead(recorded_rev) OVER (PARTITION BY item_id ORDER BY recorded_rev) AS next
            FROM (
                SELECT item_id, recorded_rev, voided_rev FROM receivables_item_past WHERE site_id = %(site)s
                UNION ALL
                SELECT id, recorded_rev, NULL FROM receivables_item WHERE site_id = %(site)s) states) s
        WHERE voided_rev IS NOT NULL AND next IS DISTINCT FROM voided_rev""",
}


def check_ledger() -> list[str]:
    """What is wrong with the active site's ledger, in sentences; empty when all is well."""
    findings = []
    with connection.cursor() as cursor:
        for what, statement in CHECKS.items():
            cursor.execute(statement, {"site": current_site()})
            (count,) = cursor.fetchone()
            if count:
                findings.append(f"{count} {what}")
    return findings
