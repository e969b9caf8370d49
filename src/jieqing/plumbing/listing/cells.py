"""What stands in a cell: small pieces of markup made in Python, each value escaped where it is put in.

A table of fifty rows has some five hundred cells; a template include for each would cost more than the query. These
functions write the same markup as the components of the same names (``tests/test_listing`` compares them), so that a
page may use either.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from jieqing.plumbing.templatetags.kit import (
    amount_cell,
    date_cell,
    moment,
    overdue_step,
    overdue_text,
    thousands,
)

_ANY = UUID("0192f0c4-0000-7000-8000-000000000000")
NOTHING = "–"


def addresses(name: str, site_slug: str, *, query: str = "") -> Callable[[UUID], str]:
    """How to write the address of many things of one kind: the resolver is asked once."""
    head, _id, tail = reverse(name, args=[site_slug, _ANY]).partition(str(_ANY))
    tail = f"{tail}{query}"
    return lambda row_id: f"{head}{row_id}{tail}"


def link(href: str, text: str, *, mono: bool = False) -> SafeString:
    return format_html(
        '<a class="table__row-link{}" href="{}">{}</a>', " mono" if mono else "", href, text or NOTHING
    )


def text(value: object) -> SafeString:
    return escape(value if value not in (None, "") else NOTHING)


def clip(value: str) -> SafeString:
    return format_html('<span class="clip">{}</span>', value)


def amount(minor: int | None, currency: str) -> str:
    return amount_cell(minor, currency)


def count(value: int | None) -> str:
    return thousands(value)


def day(value: date | None) -> str:
    return date_cell(value)


def instant(value: datetime | None) -> str:
    return moment(value)


def tag(words: object, tone: str = "") -> SafeString:
    return format_html('<span class="tag{}">{}</span>', f" tag--{tone}" if tone else "", words)


def verdict(words: object, tone: str = "wait") -> SafeString:
    """Whether a person may be contacted, in words; the same as the component."""
    return format_html('<span class="verdict verdict--{}">{}</span>', tone, words)


def overdue(days: int | None) -> SafeString:
    return format_html(
        '<span class="overdue" data-step="{}">{}</span>', overdue_step(days), overdue_text(days)
    )


def seal(href: str, label: str) -> SafeString:
    """The 证 mark; hollow when there is no entry to open."""
    if not href:
        return format_html(
            '<span class="seal seal--none" title="{0}"><span aria-hidden="true">证</span>'
            '<span class="sr-only">{0}</span></span>',
            gettext("尚未存证"),
        )
    words = gettext("查看存证")
    return format_html(
        '<a class="seal" href="{}" title="{}" aria-label="{} · {}"><span aria-hidden="true">证</span></a>',
        href,
        words,
        label,
        words,
    )


def seals(site_slug: str) -> Callable[..., SafeString]:
    """``seal_of(entry_id, label, row=None, digest="")`` for the rows of one list."""
    address = addresses("evidence-entry", site_slug)

    def seal_of(entry: Any, label: str, row: int | None = None, digest: str = "") -> SafeString:
        if not entry:
            return seal("", label)
        tail = f"?row={row}&digest={digest}" if digest and row is not None else ""
        return seal(address(entry) + tail, label)

    return seal_of
