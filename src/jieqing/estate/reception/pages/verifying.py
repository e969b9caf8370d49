"""Verify a proof: anybody uploads an evidence bundle and is told in one sentence what it proves.

The check is that of ``jieqing-verify``, the independent program, with this log's public key; nothing uploaded is stored. Whether
the record is this site's own is said only of a bundle that has passed, so that nothing can be asked about other sites.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jieqing.estate.reception.pages.frame import problem_page, public_page, site_of
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import PUBLIC, requires
from jieqing.plumbing.templatetags.kit import lang, moment
from jieqing.plumbing.vocabulary import action_words
from jieqing.trust.evidence import selectors as evidence
from jieqing_verify import read_policy, verify_bundle
from jieqing_verify.result import LEVELS, Level, Verdict

BUNDLE_MB_MAX = 16
_TONES = {"ok": "good", "failed": "bad", "incomplete": "warn", "absent": ""}

NO_FILE = Problem(
    code="verify.no_file",
    zh="没有收到文件。",
    en="No file was received.",
    todo_zh="请选择以 .evidence.zip 结尾的证明文件，再按“核验”。",
    todo_en="Choose the proof file, whose name ends in .evidence.zip, then press “Verify”.",
)
TOO_LARGE = Problem(
    code="verify.too_large",
    zh=f"文件超过 {BUNDLE_MB_MAX} MB，没有在网页上核验。",
    en=f"The file is larger than {BUNDLE_MB_MAX} MB and was not checked on the page.",
    todo_zh="请用 jieqing-verify 在自己的电脑上核验，方法见本页下方。",
    todo_en="Check it on your own computer with jieqing-verify; see below.",
)


@dataclass(frozen=True, slots=True)
class Rung:
    """One level in words."""

    name: str
    title: str
    state: str
    tone: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the page says of a bundle. ``facts`` are name and value; empty unless the bundle is valid."""

    tone: str
    sentence: str
    more: str
    rungs: tuple[Rung, ...]
    facts: tuple[tuple[str, str], ...]
    digest: str


@require_http_methods(["GET", "HEAD", "POST"])
@requires(PUBLIC)
def verify(request: HttpRequest, site_slug: str) -> HttpResponse:
    problem, result = None, None
    policy = evidence.policy_text()
    if request.method == "POST":
        data = NO_FILE if is_problem(policy) else _uploaded(request)
        if is_problem(policy):
            problem = policy
        elif is_problem(data):
            problem = data
        else:
            result = _result(verify_bundle(data, read_policy(policy.encode())), data)
    return public_page(
        request,
        "reception/verify.html",
        description=_("上传一份存证证明文件，当场核验它是否有效、证明了什么；文件不保存。"),
        status=422 if problem else 200,
        problem=problem,
        result=result,
        max_mb=BUNDLE_MB_MAX,
        site_name=site_of(request).name,
    )


@require_safe
@requires(PUBLIC)
def policy(request: HttpRequest, site_slug: str) -> HttpResponse:
    """The log's public key as a policy file, for a check without us."""
    text = evidence.policy_text()
    if is_problem(text):
        return problem_page(request, text, 409)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="log.policy"'
    return response


def _uploaded(request: HttpRequest) -> bytes | Problem:
    upload = request.FILES.get("bundle")
    if upload is None:
        return NO_FILE
    if (upload.size or 0) > BUNDLE_MB_MAX * 1_000_000:
        return TOO_LARGE
    data: bytes = upload.read()
    return data or NO_FILE


def _result(verdict: Verdict, data: bytes) -> Result:
    about: dict[str, Any] = verdict.about
    entry, log = about.get("entry", {}), about.get("log", {})
    rungs = tuple(_rung(name, verdict.levels[name]) for name in LEVELS)
    digest = str(about["bundle_sha256"])
    if verdict.outcome != "valid":
        failed = next((rung for rung in rungs if rung.tone == "bad"), None)
        return Result(
            tone="bad" if failed else "warn",
            sentence=_("这份文件没有通过核验，不能作为证明")
            if failed
            else _("这份文件不完整，还不能作为证明"),
            more=failed.reason if failed else _("缺少的部分见下面各级说明。"),
            rungs=rungs,
            facts=(),
            digest=digest,
        )
    is_ours = not is_problem(evidence.entry_by_id(UUID(entry["id"])))
    facts = (
        (_("记录了什么"), f"{action_words(entry['action'], lang())} · {entry['action']}"),
        (_("写入方"), _("本站点") if is_ours else _("不是本站点；由同一存证日志的其他使用者写入")),
        (_("写入时间"), _moment(entry["recorded_at"])),
        (_("所述事发时间"), _moment(entry["event_time"])),
        (_("日志"), f"{log['origin']} · {log['index']} / {log['size']}"),
        (_("条目编号"), entry["id"]),
        ("SHA-256 (entry.json)", entry["sha256"]),
    )
    return Result(
        tone="good" if is_ours else "warn",
        sentence=_("这份证明有效：记录写于 %(at)s，此后未被修改") % {"at": _moment(entry["recorded_at"])},
        more=_("它由本站点写入，并由存证日志签名。")
        if is_ours
        else _("但它不是本站点写入的：不能用来证明某封信、某个电话来自本机构。"),
        rungs=rungs,
        facts=facts,
        digest=digest,
    )


def _rung(name: str, level: Level) -> Rung:
    titles = {
        "L0": _("采集来源"),
        "L1": _("内容"),
        "L2": _("存证日志"),
        "L3": _("见证方"),
        "L4": _("时间戳"),
        "L5": _("链上锚定"),
    }
    states = {"ok": _("通过"), "failed": _("未通过"), "incomplete": _("不足"), "absent": _("未提供")}
    return Rung(
        name, titles[name], states[level.state], _TONES[level.state], level.zh if lang() == "zh" else level.en
    )


def _moment(text: str) -> str:
    return moment(datetime.fromisoformat(text))
