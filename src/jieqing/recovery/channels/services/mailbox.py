"""Reading the mailbox that answers come to: what is ours is taken in and marked as read, the rest stays for a person."""

from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.transports import imap
from jieqing.recovery.channels.services.receiving import receive


def read_mailbox() -> int:
    """Take in every unread message; how many were ours. Without a mailbox nothing is read."""
    mailbox = imap.configured()
    if mailbox is None:
        return 0
    return mailbox.each_unread(lambda raw: not is_problem(receive(raw)))
