"""Verbs about people and how they come in."""

from jieqing.estate.accounts.services.invitations import accept_invitation, invite, withdraw_invitation
from jieqing.estate.accounts.services.people import end_membership, join_site, register_user

__all__ = [
    "accept_invitation",
    "end_membership",
    "invite",
    "join_site",
    "register_user",
    "withdraw_invitation",
]
