"""The statements that turn staged rows into ledger rows, in sets and under the site's own policy.

Staging tables are temporary: seen by this session alone, gone with the transaction, so a killed import leaves nothing
and another site could not read them if it tried. PostgreSQL refuses COPY into a table with a row policy; hence COPY
into staging, then INSERT ... SELECT.

Words: *new* rows have no item with their business key; *same* rows have one with the same digest; *stale* rows bring
back, from the very same file, a state that a later batch has corrected; *changed* rows differ and correct their item.
"""

CREATE_STAGING = """
DROP TABLE IF EXISTS pg_temp.receivables_staging, pg_temp.receivables_staging_posting,
    pg_temp.receivables_staging_party, pg_temp.receivables_staging_match, pg_temp.receivables_entering;
CREATE TEMPORARY TABLE receivables_staging (
    item_id uuid NOT NULL, business_key uuid NOT NULL, amount_minor bigint NOT NULL, place integer NOT NULL,
    line integer NOT NULL, party integer NOT NULL, invoice_on date NOT NULL, due_on date, posting_on date,
    kind smallint NOT NULL, currency text NOT NULL, document_number text NOT NULL, row_digest bytea NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE receivables_staging_posting (
    item_id uuid NOT NULL, amount_minor bigint NOT NULL, place integer NOT NULL, effective_on date NOT NULL,
    kind smallint NOT NULL, contra smallint NOT NULL, currency text NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE receivables_staging_party (party integer PRIMARY KEY, party_id uuid NOT NULL) ON COMMIT DROP;
CREATE TEMPORARY TABLE receivables_staging_match (
    place integer PRIMARY KEY, item_id uuid NOT NULL, is_same boolean NOT NULL, is_stale boolean NOT NULL
) ON COMMIT DROP;
"""
COPY_ITEMS = "COPY pg_temp.receivables_staging FROM STDIN (FORMAT csv)"
COPY_POSTINGS = "COPY pg_temp.receivables_staging_posting FROM STDIN (FORMAT csv)"
ANALYZE = """
ANALYZE pg_temp.receivables_staging (place, party, business_key, item_id);
ANALYZE pg_temp.receivables_staging_posting (place, item_id);
"""
PUT_PARTIES = (
    "INSERT INTO pg_temp.receivables_staging_party SELECT * FROM unnest(%(parties)s::int[], %(ids)s::uuid[])"
)

HAS_ITEMS = "SELECT EXISTS (SELECT 1 FROM receivables_item WHERE site_id = %(site)s)"
MATCH = """
INSERT INTO pg_temp.receivables_staging_match
SELECT s.place, i.id, i.row_digest = s.row_digest,
       i.row_digest <> s.row_digest AND %(file_known)s AND EXISTS (
           SELECT 1 FROM receivables_item_past h
           WHERE h.site_id = %(site)s AND h.item_id = i.id AND h.row_digest = s.row_digest)
FROM pg_temp.receivables_staging s
JOIN receivables_item i
  ON i.site_id = %(site)s AND i.business_key = s.business_key AND i.withdrawn_rev IS NULL
"""
MATCH_COUNTS = """
SELECT count(*) FILTER (WHERE is_same OR is_stale), count(*) FILTER (WHERE NOT is_same AND NOT is_stale)
FROM pg_temp.receivables_staging_match
"""
UNCHANGED_PLACES = (
    "SELECT place FROM pg_temp.receivables_staging_match WHERE is_same OR is_stale ORDER BY place"
)

# leaf_index: the row's place among the rows that enter the ledger, which is its place in the Merkle tree.
DROP_UNCHANGED = """
DELETE FROM pg_temp.receivables_staging s USING pg_temp.receivables_staging_match m
WHERE m.place = s.place AND (m.is_same OR m.is_stale);
DELETE FROM pg_temp.receivables_staging_posting p USING pg_temp.receivables_staging_match m
WHERE m.place = p.place AND (m.is_same OR m.is_stale);
UPDATE pg_temp.receivables_staging_posting p SET item_id = m.item_id
FROM pg_temp.receivables_staging_match m WHERE m.place = p.place;
"""
_STATE = (
    "creditor_id, debtor_id, batch_id, amount_minor, invoice_on, due_on, posting_on, line, leaf_index, recorded_rev,"
    " origin_rev, kind, currency, document_number, row_digest"
)
_STAGED_STATE = """
    %(creditor)s::uuid, p.party_id, %(batch)s::uuid, s.amount_minor, s.invoice_on, s.due_on, s.posting_on, s.line,
    {leaf}, %(revision)s::int, %(revision)s::int, s.kind, s.currency, s.document_number, s.row_digest"""
_LEAF_OF_ALL = "s.place"
_LEAF_OF_SOME = "row_number() OVER (ORDER BY s.place) - 1"

INSERT_ALL = f"""
INSERT INTO receivables_item (id, site_id, {_STATE}, business_key)
SELECT s.item_id, %(site)s, {_STAGED_STATE.format(leaf=_LEAF_OF_ALL)}, s.business_key
FROM pg_temp.receivables_staging s JOIN pg_temp.receivables_staging_party p ON p.party = s.party
"""  # noqa: S608  # constants only
# After DROP_UNCHANGED the staging holds new and changed rows, so one numbering serves both statements.
CREATE_ENTERING = f"""
CREATE TEMPORARY TABLE receivables_entering ON COMMIT DROP AS
SELECT coalesce(m.item_id, s.item_id) AS id, m.place IS NOT NULL AS is_change, s.business_key, s.place,
       %(creditor)s::uuid AS creditor_id, p.party_id AS debtor_id, %(batch)s::uuid AS batch_id, s.amount_minor,
       s.invoice_on, s.due_on, s.posting_on, s.line, ({_LEAF_OF_SOME})::int AS leaf_index,
       %(revision)s::int AS recorded_rev, %(revision)s::int AS origin_rev, s.kind, s.currency, s.document_number, s.row_digest
FROM pg_temp.receivables_staging s
JOIN pg_temp.receivables_staging_party p ON p.party = s.party
LEFT JOIN pg_temp.receivables_staging_match m ON m.place = s.place
"""  # noqa: S608  # constants only
INSERT_NEW = f"""
INSERT INTO receivables_item (id, site_id, {_STATE}, business_key)
SELECT id, %(site)s, {_STATE}, business_key FROM pg_temp.receivables_entering WHERE NOT is_change ORDER BY place
"""  # noqa: S608  # constants only
KEEP_PAST = f"""
INSERT INTO receivables_item_past (id, site_id, item_id, voided_rev, {_STATE})
SELECT gen_random_uuid(), site_id, id, %(revision)s, {_STATE} FROM receivables_item
WHERE site_id = %(site)s AND id IN (SELECT id FROM pg_temp.receivables_entering WHERE is_change)
"""  # noqa: S608  # constants only
UPDATE_CHANGED = """
UPDATE receivables_item i
SET creditor_id = e.creditor_id, debtor_id = e.debtor_id, batch_id = e.batch_id, amount_minor = e.amount_minor,
    invoice_on = e.invoice_on, due_on = e.due_on, posting_on = e.posting_on, line = e.line,
    leaf_index = e.leaf_index, recorded_rev = e.recorded_rev, origin_rev = e.origin_rev, kind = e.kind, currency = e.currency,
    document_number = e.document_number, row_digest = e.row_digest
FROM pg_temp.receivables_entering e
WHERE e.is_change AND i.id = e.id AND i.site_id = %(site)s
"""
INSERT_POSTINGS = """
INSERT INTO receivables_posting
    (site_id, item_id, amount_minor, effective_on, recorded_rev, origin_rev, kind, account, contra, source, currency)
SELECT %(site)s, item_id, amount_minor, effective_on, %(revision)s, %(revision)s, kind, %(account)s, contra, %(source)s, currency
FROM pg_temp.receivables_staging_posting
"""
# A correction ends the pairs that the books no longer say and writes those that are new; equal pairs stay as they are,
# so a paid invoice that is exported again keeps the invoice posting it always had.
VOID_CHANGED_POSTINGS = """
UPDATE receivables_posting p SET voided_rev = %(revision)s
WHERE p.site_id = %(site)s AND p.voided_rev IS NULL AND p.source = %(source)s
  AND p.item_id IN (SELECT id FROM pg_temp.receivables_entering WHERE is_change)
  AND NOT EXISTS (
      SELECT 1 FROM pg_temp.receivables_staging_posting s
      WHERE s.item_id = p.item_id AND s.kind = p.kind AND s.amount_minor = p.amount_minor
        AND s.effective_on = p.effective_on AND s.currency = p.currency)
"""
FORGET_STANDING_POSTINGS = """
DELETE FROM pg_temp.receivables_staging_posting s USING receivables_posting p
WHERE p.site_id = %(site)s AND p.item_id = s.item_id AND p.voided_rev IS NULL AND p.source = %(source)s
  AND s.kind = p.kind AND s.amount_minor = p.amount_minor
  AND s.effective_on = p.effective_on AND s.currency = p.currency
"""
OPEN_OF_SITE = """
SELECT currency, sum(amount_minor)::bigint FROM receivables_posting
WHERE site_id = %(site)s AND voided_rev IS NULL GROUP BY currency ORDER BY currency
"""
