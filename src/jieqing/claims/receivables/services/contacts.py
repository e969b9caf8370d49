"""What a ledger says of reaching its debtors: gathered while the rows pass, handed to the parties room in one piece.

A file without such columns costs nothing. With them, each slice is looked at once as columns: only what differs from
debtor to debtor leaves it.
"""

from collections.abc import Callable, Iterator

import polars as pl

from jieqing.claims.parties.engine.contact_points import PointKind
from jieqing.claims.parties.engine.mentions import IdentifierMention, PointMention
from jieqing.claims.parties.services import ImportedContacts, import_contacts
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.engine.row_plan import RowPlan
from jieqing.claims.receivables.models import ImportBatch
from jieqing.claims.receivables.services.staging import Debtors
from jieqing.kernel.actor import Actor

_KINDS = {
    "contact_mobile": PointKind.MOBILE,
    "contact_phone": PointKind.PHONE,
    "contact_email": PointKind.EMAIL,
    "contact_address": PointKind.ADDRESS,
    "person_phone": PointKind.PHONE,
}
# An address is the debtor's own, whoever is named beside it.
_OF_THE_PERSON_NAMED = frozenset({"contact_mobile", "contact_phone", "contact_email", "person_phone"})
Said = tuple[str | None, ...]


class Contacts:
    """The contact cells of a file by debtor, each said once."""

    def __init__(self, layout: Layout) -> None:
        plan = RowPlan(layout, creditor="", currency=None)
        self.fields = [field for field, _key in plan.contacts]
        self._keys = [key for _field, key in plan.contacts]
        self._said: dict[tuple[str, Said], None] = {}

    def see(self, good: pl.DataFrame) -> None:
        """Take in a slice of good rows."""
        if not self._keys:
            return
        schema = pl.Struct({key: pl.String() for key in self._keys})
        said = good.select("debtor_key", pl.col("extras").str.json_decode(schema).alias("said")).unique(
            maintain_order=True
        )
        for debtor, cells in said.iter_rows():
            values = tuple(cells[key] for key in self._keys)
            if any(values):
                self._said.setdefault((debtor, values))

    def begin(self) -> None:
        """Forget what was seen: the file is read again."""
        self._said.clear()

    def keep(self, *, actor: Actor, batch: ImportBatch, debtors: Debtors) -> ImportedContacts | None:
        """Hand everything to the parties room; None when the file says nothing of contacts."""
        if not self._said:
            return None
        return import_contacts(
            actor=actor,
            batch_id=batch.id,
            subject=f"claims.receivables.batch:{batch.id}",
            points=self._points(debtors),
            identifiers=self._identifiers(debtors),
        )

    def _points(self, debtors: Debtors) -> Iterator[PointMention]:
        for debtor, cell in self._rows():
            holder = cell("contact_person")
            for field in self.fields:
                kind, text = _KINDS.get(field), cell(field)
                if kind and text:
                    is_named = field in _OF_THE_PERSON_NAMED
                    yield PointMention(
                        debtors.id_of(debtor),
                        kind,
                        text,
                        holder=holder if is_named else "",
                        is_persons=field == "person_phone",
                    )

    def _identifiers(self, debtors: Debtors) -> Iterator[IdentifierMention]:
        for debtor, cell in self._rows():
            text = cell("credit_code")
            if text:
                yield IdentifierMention(debtors.id_of(debtor), text)

    def _rows(self) -> Iterator[tuple[str, Callable[[str], str]]]:
        for debtor, values in self._said:
            cells = dict(zip(self.fields, values, strict=True))
            yield debtor, lambda field, cells=cells: cells.get(field) or ""  # type: ignore[misc]
