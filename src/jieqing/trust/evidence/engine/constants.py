"""Numbers that several processes and the database must agree on."""

# Advisory locks are a namespace of the whole database: "jqlog" in ASCII, then the lock's number.
WRITER_LOCK = 0x6A71_6C6F_6700_0001
SLEEP_LOCK = 0x6A71_6C6F_6700_0002
OUTBOX_CHANNEL = "evidence_outbox"

# Batching: as large as what waits, at most this; a checkpoint each second if anything changed.
BATCH_ROWS_MAX = 4_096
CHECKPOINT_EVERY_S = 1.0
# Of the last flush's time: how long the next one waits at most for the callers that were just answered.
GATHER_SHARE = 0.25
# A safety net under NOTIFY: a sleeping sequencer looks by itself this often.
LOOK_EVERY_S = 1.0
# Entries handed over and not yet on disk before new ones are refused.
WAITING_MAX = 50_000
