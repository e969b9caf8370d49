"""Tables of the evidence log, and who may write each.

The application writes entries, salts and chunks only through the database functions of ``sql/``; of the rest it
may read. The sequencer alone writes the log (leaves, tiles, checkpoints). Nobody updates or deletes an entry or
a leaf. Rows hold plain ids, no foreign keys: evidence outlives the rows it speaks of.

An entry's life is told by rows, not flags: in ``evidence_entry`` it is recorded, with a row in
``evidence_leaf`` sequenced, below the newest row of ``evidence_checkpoint`` published. ``evidence_outbox`` holds
what is recorded and not yet sequenced.
"""

from django.db import models

from jieqing.plumbing.db.models import PlatformModel, SiteModel
from jieqing.plumbing.db.platform_tables import declare


class EvidenceModel(SiteModel):
    """A row of a site, or of the platform itself where ``site_id`` is null."""

    site_id = models.UUIDField(null=True, editable=False)  # type: ignore[assignment]

    class Meta:
        abstract = True


class Entry(EvidenceModel):
    """The exact bytes of one leaf. ``site_id`` is null for the platform's own work."""

    action = models.CharField(max_length=120)
    subject = models.CharField(max_length=250)
    recorded_at = models.DateTimeField()
    chain_id = models.UUIDField(null=True)
    chain_seq = models.BigIntegerField(null=True)
    body = models.BinaryField()

    class Meta:
        db_table = "evidence_entry"
        indexes = [
            # The page of a thing lists what happened to it, newest first; ids are UUIDv7 and sort by time.
            models.Index(fields=["subject", "id"], name="evidence_entry_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["chain_id", "chain_seq"],
                name="evidence_entry_chain",
                condition=models.Q(chain_id__isnull=False),
            ),
        ]


class Chain(EvidenceModel):
    """The head of a chain of entries (a case): its last number and the digest of its last entry."""

    seq = models.BigIntegerField()
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        db_table = "evidence_chain"


class Salt(EvidenceModel):
    """The salt of one committed field; deleting it erases the person and leaves the proof whole.

    The salts of a bulk entry's rows come from one key, kept here under the field name ``*rows``.
    """

    entry_id = models.UUIDField()
    field = models.CharField(max_length=64)
    salt = models.BinaryField()

    class Meta:
        db_table = "evidence_salt"
        constraints = [models.UniqueConstraint(fields=["entry_id", "field"], name="evidence_salt_field")]


class Chunk(EvidenceModel):
    """Up to 4,096 leaf hashes of a bulk entry. ``salts`` is filled only when single rows were erased."""

    entry_id = models.UUIDField()
    number = models.IntegerField()
    leaves = models.BinaryField()
    root = models.BinaryField()
    salts = models.BinaryField(null=True)

    class Meta:
        db_table = "evidence_chunk"
        constraints = [models.UniqueConstraint(fields=["entry_id", "number"], name="evidence_chunk_number")]


class Leaf(EvidenceModel):
    """The place of an entry in the log: ``id`` is the index, from 0 without gaps."""

    id = models.BigIntegerField(primary_key=True)  # type: ignore[assignment]
    entry_id = models.UUIDField(unique=True)
    leaf = models.BinaryField()

    class Meta:
        db_table = "evidence_leaf"


class Outbox(PlatformModel):
    """Recorded, not yet sequenced. ``id`` is the order of writing, not of commit: it is never a watermark."""

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]
    entry_id = models.UUIDField()
    site_id = models.UUIDField(null=True)
    leaf = models.BinaryField()

    class Meta:
        db_table = "evidence_outbox"


class Tile(PlatformModel):
    """One tile of the tree as C2SP lays it out; ``id`` is ``tiles.tile_id`` of level and number."""

    id = models.BigIntegerField(primary_key=True)  # type: ignore[assignment]
    hashes = models.BinaryField()

    class Meta:
        db_table = "evidence_tile"


class Checkpoint(PlatformModel):
    """A signed tree head; ``id`` is its size."""

    id = models.BigIntegerField(primary_key=True)  # type: ignore[assignment]
    root = models.BinaryField()
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "evidence_checkpoint"


class Writer(PlatformModel):
    """The one row of the log itself: its name, public key, and the number of the writer that may append."""

    id = models.SmallIntegerField(primary_key=True)  # type: ignore[assignment]
    fence = models.BigIntegerField()
    origin = models.CharField(max_length=200)
    vkey = models.CharField(max_length=300)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "evidence_writer"


declare(
    "evidence_outbox", "what waits for the sequencer; the application can neither read nor write it directly"
)
declare("evidence_tile", "hashes of the log's tree: say nothing about any site, needed for every proof")
declare("evidence_checkpoint", "signed heads of the log: public by nature")
declare("evidence_writer", "the log's name and public key: public by nature")
