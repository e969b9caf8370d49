"""News of cases: ids, codes and amounts only; bulk news carries lists of ids."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jieqing.plumbing.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Event):
    """Cases were opened in one step; ``origin`` says how."""

    case_ids: tuple[UUID, ...]
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Event):
    """Cases ended the same way in one step."""

    case_ids: tuple[UUID, ...]
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened(Event):
    case_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesAssigned(Event):
    """Cases were given to somebody, or (``owner_id`` None) to nobody."""

    case_ids: tuple[UUID, ...]
    owner_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRecorded(Event):
    case_id: UUID
    promise_id: UUID
    amount_minor: int
    currency: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept(Event):
    case_id: UUID
    promise_id: UUID
    amount_minor: int
    paid_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseBroken(Event):
    case_id: UUID
    promise_id: UUID
    amount_minor: int
    paid_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeOpened(Event):
    case_id: UUID
    dispute_id: UUID
    code: str
    item_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeClosed(Event):
    case_id: UUID
    dispute_id: UUID
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPlaced(Event):
    case_id: UUID
    hold_id: UUID
    kind: str
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldReleased(Event):
    case_id: UUID
    hold_id: UUID
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintFiled(Event):
    case_id: UUID
    complaint_id: UUID
    kind: str
    due_on: date
