"""Site tables that may be written without an evidence entry, each with its reason. There is no other way out.

A test that makes rows by hand instead of through a service says so where it does it: ``@pytest.mark.rows_by_hand``
or ``with rows_by_hand():``.
"""

EXEMPT: dict[str, str] = {
    "evidence_entry": "the evidence itself",
    "evidence_chain": "heads of chains, written with the entry",
    "evidence_salt": "salts, written with the entry; their destruction is recorded",
    "evidence_chunk": "leaves of a bulk entry, written with it",
    "evidence_leaf": "places in the log, written by the sequencer alone",
    "plumbing_idempotent_answer": "a remembered answer; what it answered left its own entry",
    "accounts_api_token_use": "on which days a token was used: a fact for the owner, changing nothing",
    "webhooks_message": "what is told outside; what happened left its own entry",
    "webhooks_delivery": "how far a message is on its way: a technical log",
    "webhooks_attempt": "one try of a delivery: a technical log",
    "webhooks_health": "how an endpoint answers: a technical count; pausing it leaves an entry",
}
