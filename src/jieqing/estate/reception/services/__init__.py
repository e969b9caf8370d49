"""Verbs of the reception."""

from jieqing.estate.reception.services.answering import answer_enquiry, decline_enquiry, show_contact
from jieqing.estate.reception.services.asking import (
    Asked,
    Received,
    erase_enquiry,
    receive_enquiry,
    withdraw_enquiry,
)
from jieqing.estate.reception.services.forgetting import empty_erased, forget_old
from jieqing.estate.reception.services.public_lines import read_standing_lines, set_public_line

__all__ = [
    "Asked",
    "Received",
    "answer_enquiry",
    "decline_enquiry",
    "empty_erased",
    "erase_enquiry",
    "forget_old",
    "read_standing_lines",
    "receive_enquiry",
    "set_public_line",
    "show_contact",
    "withdraw_enquiry",
]
