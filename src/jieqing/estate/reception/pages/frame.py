"""What every public page of a site shows besides itself: its navigation, its footer, its words for search and sharing."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from jieqing.estate.reception import selectors
from jieqing.estate.reception.pages.identity import identity_of
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.templatetags.kit import lang


def public_page(
    request: HttpRequest, template: str, *, description: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page for visitors; it needs no script and says nothing to another host."""
    lines = context.pop("lines", None) or selectors.public_lines()
    identity = context.setdefault("identity", identity_of(request.site))
    context |= {
        "description": description,
        "canonical": request.build_absolute_uri(urlsplit(request.path).path),
        "calculators": calculators_of(request),
        **selectors.public_frame(lines, language=lang(), phone=identity.phone),
    }
    return render(request, template, context, status=status)


def problem_page(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
    """A refusal inside the public frame, so that a visitor can go on from it."""
    return public_page(
        request, "reception/problem.html", description=problem.text(lang()), status=status, problem=problem
    )


def calculators_of(request: HttpRequest) -> str:
    """The address of the calculators, once there are any."""
    site: Any = request.site
    address = reverse("site-home", args=[site.slug]) + "calculators/"
    try:
        resolve(address)
    except Resolver404:
        return ""
    return address


def site_of(request: HttpRequest) -> Any:
    """The tenant whose page this is (not django.contrib.sites')."""
    return request.site
