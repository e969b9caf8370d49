"""What an API token is: a site's key for another program, seen once by a person and kept as a keyed digest.

The text reads ``jq_<name>_<secret>``: the name is public and finds the row within one site, the 32 random bytes of the
secret are what is proved. What a token may do are *scopes*: permissions of the role table, no more than its maker had.
They stand in the actor as ``scope:<permission>``, so evidence says by which right a program acted.

Invariant: a scope that no operation of the API asks for is not offered; an actor of a token carries scopes and no role.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from jieqing.estate.accounts.engine.lockout import LockScope, Rule
from jieqing.kernel.outcomes import Problem, ProblemKind

SCOPES = (
    "ledger.read",
    "ledger.import",
    "ledger.issue",
    "ledger.undo",
    "contacts.read",
    "contacts.manage",
    "people.manage",
    "api.manage",
    "cases.read",
    "cases.work",
    "cases.assign",
    "cases.close",
    "cases.rules",
    "placements.read",
    "placements.manage",
    "scripts.read",
    "scripts.write",
)
# A decision that a second person checks is a person's: no program writes a debt off, whoever made its token.
# Nor does one open what is masked: who looked, and what for, is a person with a name.
# The answer to a complaint is a person's too.
PEOPLE_ONLY = ("ledger.decide", "contacts.reveal", "complaints.answer", "intake.decide", "scripts.review")
SECRET_BYTES, PREFIX_BYTES = 32, 5
NAME_CHARS_MAX = 80
LONGEST_TERM = timedelta(days=731)
_FORM = re.compile(r"jq_([0-9a-f]{10})_([A-Za-z0-9_-]{43})")
_SCOPE = "scope:"

# Nobody guesses 32 random bytes; the pauses keep a broken program from asking all day, and tell its owner so.
RULES = (
    Rule(LockScope.TOKEN, failures=10, window=timedelta(minutes=15), pause=timedelta(minutes=15)),
    Rule(LockScope.TOKENS, failures=100, window=timedelta(minutes=15), pause=timedelta(minutes=15)),
)


@dataclass(frozen=True, slots=True)
class ApiTokenText:
    """A token as its holder sends it; the secret shows in no message and no trace."""

    prefix: str
    secret: str = field(repr=False)

    def text(self) -> str:
        return f"jq_{self.prefix}_{self.secret}"

    def digest(self, key: bytes) -> bytes:
        """What is kept of it."""
        return hmac.digest(key, f"{self.prefix}\0{self.secret}".encode(), sha256)

    def opens(self, digest: bytes, key: bytes) -> bool:
        """Whether this is the token kept as ``digest``, compared in constant time."""
        return hmac.compare_digest(self.digest(key), digest)


def read_api_token(text: str) -> ApiTokenText | None:
    """The token of a header, or None when it is not one.

    Example:
        >>> made = ApiTokenText("0123456789", "s" * 43)
        >>> read_api_token(made.text()) == made, read_api_token("jq_x"), made
        (True, None, ApiTokenText(prefix='0123456789'))
    """
    found = _FORM.fullmatch(text)
    return ApiTokenText(found[1], found[2]) if found else None


def roles_of_scopes(scopes: Iterable[str]) -> frozenset[str]:
    """The codes that a token's actor carries.

    Example:
        >>> sorted(roles_of_scopes(["ledger.read"]))
        ['scope:ledger.read']
    """
    return frozenset(_SCOPE + scope for scope in scopes)


def scopes_allow(roles: Iterable[str], permission: str) -> bool:
    """Whether the codes of a token's actor carry the permission.

    Example:
        >>> scopes_allow(roles_of_scopes(["ledger.read"]), "ledger.undo")
        False
    """
    return _SCOPE + permission in roles


def check_wish(name: str, scopes: Iterable[str], expires_on: date, today: date) -> Problem | None:
    """Return why there can be no such token, or None."""
    if not name.strip() or len(name) > NAME_CHARS_MAX:
        return Problem.of(NAME_WRONG, most=NAME_CHARS_MAX)
    wanted = set(scopes)
    if not wanted or not wanted <= set(SCOPES):
        return Problem.of(SCOPES_WRONG, known=", ".join(SCOPES))
    if not today < expires_on <= today + LONGEST_TERM:
        return Problem.of(TERM_WRONG, days=LONGEST_TERM.days)
    return None


NAME_WRONG = ProblemKind(
    "token.name",
    "令牌名称应为 1 至 {most} 个字符。",
    "A token's name has 1 to {most} characters.",
    "写明由哪个程序使用，例如“财务系统对接”。",
    'Say which program uses it, for example "accounting bridge".',
)
SCOPES_WRONG = ProblemKind(
    "token.scopes",
    "令牌至少要有一项权限，且只能从列出的权限中选择。",
    "A token has at least one scope, and only listed ones.",
    "可选：{known}。",
    "Choose from: {known}.",
)
TERM_WRONG = ProblemKind(
    "token.term",
    "到期日应在明天至 {days} 天之内。",
    "The day of expiry lies between tomorrow and {days} days from now.",
    "请改选日期；到期前可新建令牌替换。",
    "Choose another day; a new token can replace this one before it ends.",
)
