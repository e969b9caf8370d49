"""Benchmarks: one module for each claim; ``python -m benchmarks NAME --json [--seed N]`` prints one JSON line.

A module of this list offers ``run(seed: int) -> Result``.
"""

# name: what it measures, in one line
BENCHMARKS: dict[str, str] = {
    "ledger_import": "1,000,000-row CSV of 12 columns into the ledger: validation, dedupe, postings, evidence root",
    "ageing": "as-of ageing of 1,000,000 items from the database, no stored totals",
    "entitlement": "full statements of what is owed, 60 segments each, against a bare loop over prepared segments",
    "gate_single": "contacts one by one through the shipped mainland packs, all reasons, beside zen-engine, cedarpy, casbin",
    "gate_portfolio": "1,000,000 contacts by the column through the shipped mainland packs, all reasons",
    "permit_end_to_end": "facts to a permit on disk with 16 workers, against 16 workers committing one row each",
    "scanner_speed": "a stream of short messages through the lexicon, beside pyahocorasick, and through the whole scanner",
    "scanner_quality": "the gold set's untouched part: recall and precision of what is blocked, by category, misses listed",
    "page_kit": "a page of 50 rows of 1,000,000, and what a page weighs on its first visit",
    "worklist_page": "the first page of a worklist of 1,000,000 cases, 20 people at once, against fixed rows",
    "revalue": "ratings and expected loss of 100,000 debtors and 1,000,000 items after one import",
    "bulk_assign": "10,000 of 100,000 open cases assigned and undone, evidence root included",
    "tenants": "a list page of one site among 1,000 sites of 1,000 rows, against the same page with one site",
    "violations": "1,000,000 adversarial contacts over all packs; an independent checker reads what was really sent",
    "evidence_append": "what evidence costs a transaction; 64 callers into the log against one row each",
}
