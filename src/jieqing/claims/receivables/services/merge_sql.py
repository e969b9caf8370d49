"""The statements that turn staged rows into ledger rows, in sets and under the site's own policy.

Staging tables are temporary: seen by this session alone, gone with the transaction, so a killed import leaves nothing
and another site could not read them if it tried. PostgreSQL refuses COPY into a table with a row policy; hence COPY
into staging, then INSERT ... SELECT.

Words: *new* rows have no item with their business key; *same* rows have one with the same digest; *stale* rows bring
back, from the very same file, a state that a later batch has corrected; *changed* rows differ and correct their item.
"""

CREATE_STAGING = """
DROP TABLE IF EXISTS pg_temp.receivables_staging, pg_temp.receivables_staging_posting,
    pg_temp.receivables_staging_match, pg_temp.receivables_entering;
CREATE TEMPORARY TABLE receivables_staging (
    item_id uuid, business_key uuid NOT NULL, debtor_id uuid, amount_minor bigint, place integer NOT NULL,
    line integer, invoice_on date, due_on date, posting_on date, kind smallint, currency text, document_number text,
    row_digest bytea NOT NULL, document_kind smallint, document_contra smallint, payment_minor bigint,
    payment_on date, payment_kind smallint, payment_contra smallint
) ON COMMIT DROP;
CREATE TEMPORARY TABLE receivables_staging_posting (
    item_id uuid NOT NULL, amount_minor bigint NOT NULL, effective_on date NOT NULL, kind smallint NOT NULL,
    contra smallint NOT NULL, currency text NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE receivables_staging_match (
    place integer PRIMARY KEY, item_id uuid NOT NULL, is_same boolean NOT NULL, is_stale boolean NOT NULL,
    is_own boolean NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE receivables_entering (
    id uuid PRIMARY KEY, is_change boolean NOT NULL, business_key uuid NOT NULL, place integer NOT NULL,
    leaf_index integer NOT NULL
) ON COMMIT DROP;
"""
EMPTY_STAGING = """
TRUNCATE pg_temp.receivables_staging, pg_temp.receivables_staging_posting, pg_temp.receivables_staging_match,
    pg_temp.receivables_entering
"""
COPY_ITEMS = "COPY pg_temp.receivables_staging FROM STDIN (FORMAT csv)"
COPY_KEYS = "COPY pg_temp.receivables_staging (business_key, place, row_digest) FROM STDIN (FORMAT csv)"

HAS_ITEMS = "SELECT EXISTS (SELECT 1 FROM receivables_item WHERE site_id = %(site)s)"
ANALYZE = "ANALYZE pg_temp.receivables_staging (place, business_key)"
MATCH = """
INSERT INTO pg_temp.receivables_staging_match
SELECT s.place, i.id, i.row_digest = s.row_digest,
       i.row_digest <> s.row_digest AND %(file_known)s AND EXISTS (
           SELECT 1 FROM receivables_item_past h
           WHERE h.site_id = %(site)s AND h.item_id = i.id AND h.row_digest = s.row_digest),
       i.recorded_rev = %(revision)s
FROM pg_temp.receivables_staging s
JOIN receivables_item i
  ON i.site_id = %(site)s AND i.business_key = s.business_key AND i.withdrawn_rev IS NULL
"""
MATCH_COUNTS = """
SELECT count(*) FILTER (WHERE is_same OR is_stale), count(*) FILTER (WHERE NOT is_same AND NOT is_stale),
       count(*) FILTER (WHERE is_own)
FROM pg_temp.receivables_staging_match
"""
UNCHANGED_PLACES = (
    "SELECT place FROM pg_temp.receivables_staging_match WHERE is_same OR is_stale ORDER BY place"
)

# leaf_index: the row's place among the rows that enter the ledger, which is its place in the Merkle tree.
DROP_UNCHANGED = """
DELETE FROM pg_temp.receivables_staging s USING pg_temp.receivables_staging_match m
WHERE m.place = s.place AND (m.is_same OR m.is_stale);
UPDATE pg_temp.receivables_staging s SET item_id = m.item_id
FROM pg_temp.receivables_staging_match m WHERE m.place = s.place;
"""
_STATE = (
    "creditor_id, debtor_id, batch_id, amount_minor, invoice_on, due_on, posting_on, line, leaf_index, recorded_rev,"
    " origin_rev, kind, currency, document_number, row_digest"
)
_STAGED_STATE = """
    %(creditor)s::uuid, s.debtor_id, %(batch)s::uuid, s.amount_minor, s.invoice_on, s.due_on, s.posting_on, s.line,
    {leaf}, %(revision)s::int, %(revision)s::int, s.kind, s.currency, s.document_number, s.row_digest"""

INSERT_ALL = f"""
INSERT INTO receivables_item (id, site_id, {_STATE}, business_key)
SELECT s.item_id, %(site)s, {_STAGED_STATE.format(leaf="s.place + %(leaf_shift)s")}, s.business_key
FROM pg_temp.receivables_staging s
"""  # noqa: S608  # constants only
# After DROP_UNCHANGED the staging holds new and changed rows, so one numbering serves both statements.
FIND_ENTERING = """
INSERT INTO pg_temp.receivables_entering
SELECT s.item_id, m.place IS NOT NULL, s.business_key, s.place,
       %(leaf_first)s + row_number() OVER (ORDER BY s.place) - 1
FROM pg_temp.receivables_staging s LEFT JOIN pg_temp.receivables_staging_match m ON m.place = s.place
"""
INSERT_NEW = f"""
INSERT INTO receivables_item (id, site_id, {_STATE}, business_key)
SELECT e.id, %(site)s, {_STAGED_STATE.format(leaf="e.leaf_index")}, e.business_key
FROM pg_temp.receivables_entering e JOIN pg_temp.receivables_staging s ON s.place = e.place
WHERE NOT e.is_change ORDER BY e.place
"""  # noqa: S608  # constants only
KEEP_PAST = f"""
INSERT INTO receivables_item_past (id, site_id, item_id, voided_rev, {_STATE})
SELECT gen_random_uuid(), site_id, id, %(revision)s, {_STATE} FROM receivables_item
WHERE site_id = %(site)s AND id IN (SELECT id FROM pg_temp.receivables_entering WHERE is_change)
"""  # noqa: S608  # constants only
UPDATE_CHANGED = f"""
UPDATE receivables_item i
SET ({_STATE}) = ROW ({_STAGED_STATE.format(leaf="e.leaf_index")})
FROM pg_temp.receivables_entering e JOIN pg_temp.receivables_staging s ON s.place = e.place
WHERE e.is_change AND i.id = e.id AND i.site_id = %(site)s
"""  # noqa: S608  # constants only
# What a staged row posts: the document itself, and what was paid of it.
_STAGED_PAIRS = """
FROM pg_temp.receivables_staging s CROSS JOIN LATERAL (VALUES
    (s.amount_minor, s.invoice_on, s.document_kind, s.document_contra),
    (s.payment_minor, s.payment_on, s.payment_kind, s.payment_contra)
) pair (amount_minor, effective_on, kind, contra)
WHERE pair.amount_minor <> 0
"""
_POSTING = "site_id, item_id, amount_minor, effective_on, recorded_rev, origin_rev, kind, account, contra, source, currency"
_POSTED = """
    %(site)s, {row}.item_id, {pair}.amount_minor, {pair}.effective_on, %(revision)s, %(revision)s, {pair}.kind,
    %(account)s, {pair}.contra, %(source)s, {row}.currency"""
POST_ALL = f"""
INSERT INTO receivables_posting ({_POSTING})
SELECT {_POSTED.format(row="s", pair="pair")} {_STAGED_PAIRS}
"""  # constants only
STAGE_POSTINGS = f"""
INSERT INTO pg_temp.receivables_staging_posting
SELECT s.item_id, pair.amount_minor, pair.effective_on, pair.kind, pair.contra, s.currency {_STAGED_PAIRS}
"""  # constants only
POST_STAGED = f"""
INSERT INTO receivables_posting ({_POSTING})
SELECT {_POSTED.format(row="p", pair="p")}
FROM pg_temp.receivables_staging_posting p ORDER BY p.item_id, p.effective_on
"""  # noqa: S608  # constants only
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
