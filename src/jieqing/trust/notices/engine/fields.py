"""What a notice is made of: narrow fields, to whom it goes, a fixed text in two languages. The closed list is ``kinds``."""

from dataclasses import dataclass, field
from enum import StrEnum

from jieqing.trust.notices.engine.choices import Pair


class RecipientKind(StrEnum):
    """As what somebody is written to."""

    INVITEE = "invitee"
    MEMBER = "member"
    DATA_SUBJECT = "data_subject"
    ENQUIRER = "enquirer"


class FieldType(StrEnum):
    NAME = "name"
    CODE = "code"
    LINK = "link"
    MOMENT = "moment"
    DAY = "day"
    NUMBER = "number"
    REFERENCE = "reference"
    CHOICE = "choice"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Field:
    """``is_secret`` values are sealed at rest and destroyed once the notice has left."""

    type: FieldType
    is_secret: bool = False
    choices: dict[str, Pair] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    name: Pair
    recipients: frozenset[RecipientKind]
    fields: dict[str, Field]
    subject: Pair
    body: Pair
