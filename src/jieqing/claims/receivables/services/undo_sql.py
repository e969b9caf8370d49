"""The statements of an undo. ``revisions`` are the batch's own (its import and later runs of its staged rows).

A state or posting is the batch's when its ``origin_rev`` is one of them, also where an undo of a later batch brought it
back. An item's state *before* the batch is the newest past state of another, standing batch; what an undone batch once
said is never brought back.
"""

# Items that the batch has said something about and that now say what somebody else's later import says.
BUILT_UPON = """
SELECT count(*), max(i.origin_rev) FROM receivables_item i
WHERE i.site_id = %(site)s AND i.withdrawn_rev IS NULL AND i.origin_rev > ALL(%(revisions)s)
  AND i.id IN (
      SELECT item_id FROM receivables_item_past WHERE site_id = %(site)s AND origin_rev = ANY(%(revisions)s)
  )
"""
_BEFORE = """
SELECT DISTINCT ON (h.item_id) h.*
FROM receivables_item_past h JOIN receivables_item i ON i.id = h.item_id AND i.site_id = %(site)s
WHERE h.site_id = %(site)s AND NOT h.origin_rev = ANY(%(revisions)s)
  AND i.withdrawn_rev IS NULL AND i.origin_rev = ANY(%(revisions)s)
  AND h.origin_rev NOT IN (
      SELECT r.number FROM receivables_revision r JOIN receivables_import_batch b ON b.id = r.batch_id
      WHERE r.site_id = %(site)s AND b.state = 'undone')
ORDER BY h.item_id, h.voided_rev DESC
"""
# Live postings of other sources on items that the undo would withdraw; what the platform counted itself goes with them.
POSTED_UPON = f"""
SELECT count(DISTINCT p.item_id)
FROM receivables_posting p JOIN receivables_item i ON i.id = p.item_id AND i.site_id = %(site)s
WHERE p.site_id = %(site)s AND p.voided_rev IS NULL AND p.source <> %(books)s AND NOT p.kind = ANY(%(accrued)s)
  AND i.withdrawn_rev IS NULL AND i.origin_rev = ANY(%(revisions)s)
  AND i.id NOT IN (SELECT item_id FROM ({_BEFORE}) before)
"""  # noqa: S608  # constants only
FIND_BEFORE = f"""
DROP TABLE IF EXISTS pg_temp.receivables_before;
CREATE TEMPORARY TABLE receivables_before ON COMMIT DROP AS {_BEFORE}
"""
RESTORE_POSTINGS = """
INSERT INTO receivables_posting
    (site_id, item_id, amount_minor, effective_on, recorded_rev, origin_rev, kind, account, contra, source, currency)
SELECT site_id, item_id, amount_minor, effective_on, %(number)s, origin_rev, kind, account, contra, source, currency
FROM receivables_posting
WHERE site_id = %(site)s AND voided_rev = ANY(%(revisions)s) AND NOT origin_rev = ANY(%(revisions)s)
ORDER BY id
"""
VOID_POSTINGS = """
UPDATE receivables_posting SET voided_rev = %(number)s
WHERE site_id = %(site)s AND origin_rev = ANY(%(revisions)s) AND voided_rev IS NULL
"""
_STATE = (
    "creditor_id, debtor_id, batch_id, amount_minor, invoice_on, due_on, posting_on, line, leaf_index, recorded_rev,"
    " origin_rev, kind, currency, document_number, row_digest"
)
KEEP_PAST = f"""
INSERT INTO receivables_item_past (id, site_id, item_id, voided_rev, {_STATE})
SELECT gen_random_uuid(), site_id, id, %(number)s, {_STATE} FROM receivables_item
WHERE site_id = %(site)s AND id IN (SELECT item_id FROM pg_temp.receivables_before)
"""  # noqa: S608  # constants only
RESTORE_ITEMS = """
UPDATE receivables_item i
SET creditor_id = b.creditor_id, debtor_id = b.debtor_id, batch_id = b.batch_id, amount_minor = b.amount_minor,
    invoice_on = b.invoice_on, due_on = b.due_on, posting_on = b.posting_on, line = b.line,
    leaf_index = b.leaf_index, recorded_rev = %(number)s, origin_rev = b.origin_rev, kind = b.kind, currency = b.currency,
    document_number = b.document_number, row_digest = b.row_digest
FROM pg_temp.receivables_before b WHERE b.item_id = i.id AND i.site_id = %(site)s
"""
# Interest, penalty and parts by the order: there is nothing left that they could run on.
VOID_ACCRUED = """
UPDATE receivables_posting SET voided_rev = %(number)s
WHERE site_id = %(site)s AND voided_rev IS NULL AND recorded_rev < %(number)s AND kind = ANY(%(accrued)s)
  AND item_id IN (SELECT id FROM receivables_item WHERE site_id = %(site)s AND withdrawn_rev = %(number)s)
"""
# What is left with a state of the batch was made by it.
WITHDRAW_ITEMS = """
UPDATE receivables_item SET withdrawn_rev = %(number)s
WHERE site_id = %(site)s AND origin_rev = ANY(%(revisions)s) AND withdrawn_rev IS NULL
"""
