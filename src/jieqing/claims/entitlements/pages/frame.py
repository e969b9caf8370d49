"""The frame of the calculators: a site's public page, the link that makes the result again, the articles it cites."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jieqing.claims.entitlements import selectors
from jieqing.claims.entitlements.engine.citations import Citation
from jieqing.estate.reception.selectors import public_frame, public_lines
from jieqing.estate.sites.selectors import letterhead
from jieqing.plumbing.templatetags.kit import lang


def calculator_page(
    request: HttpRequest,
    template: str,
    *,
    description: str,
    link: str = "",
    citations: Iterable[Citation | None] = (),
    **context: Any,
) -> HttpResponse:
    """Render a calculator for visitors; the form never leaves the address, and nothing is stored."""
    site: Any = request.site
    around = public_frame(public_lines(), language=lang(), phone=letterhead(site.id, with_logo=False).phone)
    forms = [form for form in (context.get("form"), *context.get("rows", ())) if form is not None]
    bound = [form for form in forms if form.is_bound]
    context |= {
        "problems": [error for form in bound for lines in form.errors.values() for error in lines],
        "description": description,
        "canonical": request.build_absolute_uri(urlsplit(request.path).path),
        "calculators": reverse("calculators", args=[site.slug]),
        "told": [line for form in bound for line in _told(form)] if link else [],
        "link": request.build_absolute_uri(link) if link else "",
        "articles": selectors.article_words(citations),
        "lang": lang(),
        **around,
    }
    response = render(request, template, context)
    # A result may hold a person's dates and sums: no shared cache keeps it, no other site learns the address.
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _told(form: BaseForm) -> Iterator[tuple[str, str]]:
    """What was filled in, in words, for the print: the form itself does not print."""
    for field in form:
        value = field.value()
        if value not in (None, "", False):
            chosen = dict(_flat(getattr(field.field, "choices", ()))).get(value, value)
            yield str(field.label), str(chosen)


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield key, label
