"""Reads of messages: the texts opened, the steps, what came back."""

from dataclasses import dataclass
from uuid import UUID

from jieqing.plumbing import sealing
from jieqing.recovery.channels.engine.states import Step, state_of
from jieqing.recovery.channels.models import Message, MessageStep, Received

SEAL = "channels"
LISTED_MAX = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A message of a case with its state."""

    message: Message
    state: Step


def messages_of(case_id: UUID) -> list[Listed]:
    """The newest messages of a case; two statements."""
    rows = Message.objects.filter(case_id=case_id).order_by("-at", "-id").prefetch_related("steps")
    return [Listed(row, state_of(step.step for step in row.steps.all())) for row in rows[:LISTED_MAX]]


def steps_of(message: Message) -> list[MessageStep]:
    return list(MessageStep.objects.filter(message=message).order_by("at", "id"))


def received_of(message: Message) -> list[Received]:
    return list(Received.objects.filter(message=message).order_by("at", "id"))


def opened(sealed: bytes | memoryview) -> str:
    """A sealed text; empty once it was erased."""
    return sealing.unseal(SEAL, bytes(sealed)).decode() if sealed else ""
