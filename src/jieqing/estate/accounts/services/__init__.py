"""Verbs about people and how they come in."""

from jieqing.estate.accounts.services.api_tokens import (
    create_api_token,
    forget_old_failures,
    open_by_token,
    revoke_api_token,
)
from jieqing.estate.accounts.services.clearances import attest_clearance, end_clearance
from jieqing.estate.accounts.services.invitations import accept_invitation, invite, withdraw_invitation
from jieqing.estate.accounts.services.passwords import (
    ask_for_reset,
    change_password,
    follow_session_key,
    forget_old_resets,
    open_reset,
    reset_password,
)
from jieqing.estate.accounts.services.people import end_membership, join_site, register_user
from jieqing.estate.accounts.services.signing_in import (
    end_every_session,
    end_session,
    end_session_of_key,
    forget_old_sign_ins,
    note_account_change,
    note_failed_code,
    note_sign_in,
    try_password,
)

__all__ = [
    "accept_invitation",
    "ask_for_reset",
    "attest_clearance",
    "change_password",
    "create_api_token",
    "end_clearance",
    "end_every_session",
    "end_membership",
    "end_session",
    "end_session_of_key",
    "follow_session_key",
    "forget_old_failures",
    "forget_old_resets",
    "forget_old_sign_ins",
    "invite",
    "join_site",
    "note_account_change",
    "note_failed_code",
    "note_sign_in",
    "open_by_token",
    "open_reset",
    "register_user",
    "reset_password",
    "revoke_api_token",
    "try_password",
    "withdraw_invitation",
]
