"""The owner's pages of webhooks: endpoints and how they answer, one endpoint's log, and what can be done about it.

A secret is shown in the answer to the form that made it and nowhere else, in a page that no cache keeps. The log shows
how a delivery went, never what it said.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jieqing.estate.webhooks import access, selectors, services
from jieqing.estate.webhooks.engine.catalogue import PING, known_events
from jieqing.estate.webhooks.models import Delivery, Endpoint
from jieqing.estate.webhooks.pages.forms import EndpointForm, RemoveForm, ReplayForm
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.http import requires
from jieqing.plumbing.templatetags.kit import lang

OUTCOMES = {
    "taken": ("已送达", "Taken"),
    "gone": ("对方已停用", "Gone"),
    "refused": ("对方拒绝", "Refused"),
    "redirected": ("对方要求跳转", "Redirected"),
    "timed_out": ("超时", "Timed out"),
    "unreachable": ("无法连接", "Unreachable"),
    "forbidden": ("地址不允许", "Address not allowed"),
    "": ("未完成", "Unfinished"),
}


@require_safe
@requires("api.manage")
def webhooks(request: HttpRequest, site_slug: str) -> HttpResponse:
    return render(request, "webhooks/webhooks.html", {"rows": selectors.endpoints()})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("api.manage")
def add(request: HttpRequest, site_slug: str) -> HttpResponse:
    form = EndpointForm(request.POST or None)
    problem = None
    if form.is_valid():
        made = services.add_endpoint(actor=_actor(request), **form.cleaned_data)
        if not is_problem(made):
            endpoint, secret = made
            return render(
                request, "webhooks/secret.html", {"endpoint": endpoint, "secret": secret, "is_new": True}
            )
        problem = made
    return render(request, "webhooks/new.html", {"form": form, "problem": problem})


@require_safe
@requires("api.manage")
def webhook(request: HttpRequest, site_slug: str, endpoint_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, endpoint_id)
    after = request.GET.get("after", "")
    found = selectors.deliveries(endpoint, after=_cursor(after))
    names = {name: event.words(lang()) for name, event in known_events().items()}
    names[PING] = _("测试消息")
    context = {
        "row": selectors.endpoint_row(endpoint),
        "events": [(name, names.get(name, name)) for name in endpoint.events],
        "deliveries": [_line(one, names) for one in found],
        "next_after": found[-1].id if len(found) == selectors.PAGE else None,
        "replay_form": ReplayForm(),
    }
    return render(request, "webhooks/webhook.html", context)


@never_cache
@require_POST
@requires("api.manage")
def rotate(request: HttpRequest, site_slug: str, endpoint_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, endpoint_id)
    secret = services.rotate_secret(actor=_actor(request), endpoint=endpoint)
    return render(request, "webhooks/secret.html", {"endpoint": endpoint, "secret": secret, "is_new": False})


@require_POST
@requires("api.manage")
def pause(request: HttpRequest, site_slug: str, endpoint_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, endpoint_id)
    done = services.pause_endpoint(actor=_actor(request), endpoint=endpoint)
    return _told(request, endpoint, done, _("已暂停；期间的消息会保留。"))


@require_POST
@requires("api.manage")
def resume(request: HttpRequest, site_slug: str, endpoint_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, endpoint_id)
    done = services.resume_endpoint(actor=_actor(request), endpoint=endpoint)
    return _told(request, endpoint, done, _("已恢复，等待的消息正在投递。"))


@require_POST
@requires("api.manage")
def ping(request: HttpRequest, site_slug: str, endpoint_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, endpoint_id)
    done = services.ping(actor=_actor(request), endpoint=endpoint)
    return _told(request, endpoint, done, _("测试消息正在投递，刷新本页查看结果。"))


@require_POST
@requires("api.manage")
def replay(request: HttpRequest, site_slug: str, endpoint_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, endpoint_id)
    form = ReplayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写起始时间。"))
        return redirect("webhook", site_slug=site_slug, endpoint_id=endpoint_id)
    done = services.replay_since(actor=_actor(request), endpoint=endpoint, since=form.cleaned_data["since"])
    return _told(request, endpoint, done, _("正在重发 %(count)s 条消息。") % {"count": done})


@require_POST
@requires("api.manage")
def replay_one(request: HttpRequest, site_slug: str, delivery_id: UUID) -> HttpResponse:
    found = access.delivery_by_id(_actor(request), delivery_id)
    if is_problem(found):
        raise Http404
    done = services.replay_delivery(actor=_actor(request), delivery=found)
    return _told(request, found.endpoint, done, _("正在重发这条消息。"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("api.manage")
def remove(request: HttpRequest, site_slug: str, endpoint_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, endpoint_id)
    form = RemoveForm(request.POST or None)
    problem = None
    if form.is_valid():
        done = services.remove_endpoint(
            actor=_actor(request), endpoint=endpoint, reason=form.cleaned_data["reason"]
        )
        if not is_problem(done):
            messages.success(request, _("回调已移除。"))
            return redirect("webhooks", site_slug=site_slug)
        problem = done
    return render(request, "webhooks/remove.html", {"form": form, "problem": problem, "endpoint": endpoint})


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _endpoint(request: HttpRequest, endpoint_id: UUID) -> Endpoint:
    found = access.endpoint_by_id(_actor(request), endpoint_id)
    if is_problem(found):
        raise Http404
    return found


def _told(request: HttpRequest, endpoint: Endpoint, done: Any, words: str) -> HttpResponse:
    if is_problem(done):
        messages.error(request, f"{done.text(lang())}{done.todo(lang())}")
    else:
        messages.success(request, words)
    site: Any = request.site
    return redirect("webhook", site_slug=site.slug, endpoint_id=endpoint.id)


def _cursor(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _line(one: Delivery, names: dict[str, str]) -> dict[str, Any]:
    tries = one.newest_first  # type: ignore[attr-defined]
    outcome = OUTCOMES[tries[0].outcome][0 if lang() == "zh" else 1] if tries else "–"
    return {
        "one": one,
        "event": names.get(one.message.event, one.message.event),
        "outcome": outcome,
        "status": tries[0].status if tries else None,
        "duration_ms": tries[0].duration_ms if tries else None,
    }
