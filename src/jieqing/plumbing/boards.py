"""A board of lanes and cards, moved by drag, by arrow keys or by a menu. The server decides every move.

The page posts ``card`` and ``lane`` to its own address; the view moves the matter through its service and answers with
the board as it now stands. A refused move answers 422 with the same board and a `Problem`: the card is where it was,
and the reason is read out. Nothing is decided in the browser.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jieqing.kernel.outcomes import Problem


@dataclass(frozen=True, slots=True)
class Card:
    """``can_move`` False: shown without a handle, for whoever may only look."""

    id: str
    title: str
    href: str = ""
    amount: str = ""
    hint: str = ""
    tone: str = ""
    can_move: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    key: str
    label: Any
    cards: Sequence[Card] = ()
    sum_text: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """``move_href`` takes the post; ``kept`` are hidden values that travel with it."""

    name: str
    title: str
    lanes: Sequence[Lane]
    move_href: str
    kept: Sequence[tuple[str, str]] = ()

    def lane_of(self, card_id: str) -> Lane | None:
        return next((lane for lane in self.lanes if any(card.id == card_id for card in lane.cards)), None)


def board_response(
    request: HttpRequest, board: Board, *, moved: str = "", refused: Problem | None = None
) -> HttpResponse:
    """The board after a move: ``moved`` says in words what happened, ``refused`` why nothing did."""
    context = {"board": board, "moved": moved, "refused": refused, "card": request.POST.get("card", "")}
    return render(request, "plumbing/board.html", context, status=422 if refused else 200)
