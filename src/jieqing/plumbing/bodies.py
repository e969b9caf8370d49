"""The base of every JSON body that the API takes: what it does not know is refused, and so is text no table can hold."""

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, model_validator


class Body(Schema):
    """A body of ours. A NUL or half a surrogate pair is no text: PostgreSQL and UTF-8 refuse them, so we do it first."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _is_text(cls, told: Any) -> Any:
        given = getattr(told, "_obj", told)
        if not _holds_text(given):
            raise ValueError("contains a character that no text may hold")
        return told


def _holds_text(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        return all(_holds_text(key) and _holds_text(one) for key, one in value.items())
    if isinstance(value, list):
        return all(map(_holds_text, value))
    return True
