"""A file that waits to be confirmed, read again as far as a person must see it: its head and the proposed layout.

A draft keeps the file and what the person *said* about it (`Said`), nothing derived: the proposal is made anew from
both each time, so that a page, a second tab and the commit cannot disagree about what was understood.
"""

import mmap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from jieqing.claims.receivables.engine.ledger_types import FieldGuess, Layout, Proposal, ReadFile, Table
from jieqing.claims.receivables.engine.proposing import Hints, propose
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.models import ImportBatch, MappingProfile
from jieqing.kernel.canonical import canonical_bytes, sha256
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.storage import stored_path

SAID, FIXES = "said", "fixes"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person answered about a file. ``columns``: header -> field, "ignore", or None to keep it as it is."""

    sheet: str | None = None
    currency: str | None = None
    date_order: str | None = None
    header_line: int | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    multi_line: str | None = None
    accepts: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "accepts": sorted(self.accepts)}

    @staticmethod
    def of(batch: ImportBatch) -> "Said":
        told = batch.options.get(SAID) or {}
        return Said(**{**told, "accepts": tuple(told.get("accepts", ()))})

    def hints(self) -> Hints:
        return Hints(
            sheet=self.sheet,
            currency=self.currency,
            date_order=self.date_order,
            header_line=self.header_line,
            columns=self.columns,
            multi_line=self.multi_line,
            accepts=frozenset(self.accepts),
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as understood now."""

    batch: ImportBatch
    said: Said
    read: ReadFile
    proposal: Proposal
    table: Table

    @property
    def layout(self) -> Layout:
        return self.proposal.layout


def read_draft(batch: ImportBatch, said: Said | None = None) -> Draft | Problem:
    """The file of a draft with the layout that follows from what was said (or would follow from ``said``)."""
    wanted = said or Said.of(batch)
    with stored_path(batch.site_id, batch.file_key).open("rb") as stream:
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    read = read_file(data, batch.file_name)
    if is_problem(read):
        return read
    known = {one.fingerprint: Layout.from_dict(one.mapping) for one in MappingProfile.objects.all()}
    proposal = propose(read, known, wanted.hints())
    if is_problem(proposal):
        return proposal
    table = next((one for one in read.tables if one.name == (proposal.layout.sheet or "")), read.tables[0])
    return Draft(batch, wanted, read, proposal, table)


def column_key(guesses: Sequence[FieldGuess], guess: FieldGuess) -> str:
    """How a column is named in an answer: by its header; by its place when the header is empty or not the only one."""
    header = guess.header.strip()
    is_alone = [one.header.strip() for one in guesses].count(header) == 1
    return header if header and is_alone else f"#{guess.index}"


def fixes_of(batch: ImportBatch) -> dict[int, dict[int, str]]:
    """Cells that a person corrected before the commit: line -> column -> text."""
    told = batch.options.get(FIXES) or {}
    return {
        int(line): {int(index): str(text) for index, text in cells.items()} for line, cells in told.items()
    }


def seen_digest(batch: ImportBatch) -> str:
    """What a person has looked at: a commit from a page that shows something else is asked to look again."""
    return sha256(canonical_bytes([batch.options.get(SAID) or {}, batch.options.get(FIXES) or {}])).hex()[:24]


def with_said(said: Said, **changes: Any) -> Said:
    return replace(said, **changes)
