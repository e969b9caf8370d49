"""How the platform is: one check for each thing that can be wrong by itself, each with what to do.

A check is a value: name, state, what was seen, what to do when it is not good. Two readers: ``/health`` for machines, which
gets names and states and nothing else (it is open to whoever asks), and the operator's page. *Live* says that this process
answers. *Ready* says that it can serve: the database answers and has the schema of this program; a late backup or a
sleeping worker is for a person to mend and does not take the pages away.

Limits say when somebody should look, not what is possible: a worker beats every 10 s, the sequencer signs every second,
backups come every hour or night (``docs/operating.md``).
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import psycopg
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jieqing.kernel import clock
from jieqing.plumbing.paths import data_dir
from jieqing.plumbing.versions import release
from jieqing.trust.notices.selectors import mail_server_answers
from jieqing.web.operations import numbers
from jieqing.web.operations.numbers import Numbers


class State(StrEnum):
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``value`` is a number or moment with its unit already in words, ``todo`` empty when good."""

    name: str
    label: str | Promise
    state: State
    value: Any
    todo: str | Promise = ""


_QUEUE_WARN, _QUEUE_BAD = timedelta(minutes=2), timedelta(minutes=15)
_SIGNED_WARN, _SIGNED_BAD = timedelta(seconds=30), timedelta(minutes=5)
_BACKUP_WARN, _BACKUP_BAD = timedelta(hours=26), timedelta(days=3)
_DRILL_WARN, _DRILL_BAD = timedelta(days=40), timedelta(days=100)
_SKEW_WARN, _SKEW_BAD = timedelta(seconds=2), timedelta(seconds=30)
_MAIL_WARN = timedelta(minutes=30)
_FREE_WARN, _FREE_BAD = 0.15, 0.05


def look() -> list[Check]:
    """Every check; bounded: two seconds for the database, two for the mail server."""
    try:
        pending = _pending()
        if pending:
            return [_schema_is_old(pending), *_without_database()]
        found = numbers.ask()
    except psycopg.Error:
        return [_database_down(), *_without_database()]
    checks = [_database(found), *_of_work(found), *_of_evidence(found), *_of_upkeep(found)]
    return [*checks, _mail(found), _skew(found), *_without_database()]


def is_ready(checks: list[Check]) -> bool:
    return all(check.state is not State.BAD for check in checks if check.name == "database")


@cache
def _schema_is_current() -> bool:
    """Once it is, it stays so for the life of this process: a newer schema needs a newer program."""
    if numbers.pending_migrations():
        raise _Pending
    return True


class _Pending(Exception):
    pass


def _pending() -> int:
    try:
        _schema_is_current()
    except _Pending:
        return numbers.pending_migrations()
    return 0


def _database(found: Numbers) -> Check:
    return Check("database", _("数据库"), State.GOOD, f"PostgreSQL {found.server_version}")


def _schema_is_old(pending: int) -> Check:
    todo = _("表结构比程序旧：请执行 jieqing db migrate，再重启。")
    return Check("database", _("数据库"), State.BAD, _("缺 %(count)d 个迁移") % {"count": pending}, todo)


def _database_down() -> Check:
    todo = _("数据库在两秒内没有应答：内置数据库请看日志并执行 jieqing db start；外部数据库请联系其管理员。")
    return Check("database", _("数据库"), State.BAD, _("没有应答"), todo)


def _of_work(found: Numbers) -> Iterator[Check]:
    lag = found.now - found.jobs_oldest_at if found.jobs_oldest_at else timedelta(0)
    yield Check(
        "queue",
        _("任务队列"),
        _graded(lag, _QUEUE_WARN, _QUEUE_BAD),
        _("%(count)d 个待办，最久等了 %(age)s；一天内失败 %(failed)d 个")
        % {"count": found.jobs_due, "age": _span(lag), "failed": found.jobs_failed},
        _("后台任务跟不上：确认 jieqing worker 在运行；长期如此请再启动一个 worker。"),
    )
    beat = found.now - found.worker_beat_at if found.worker_beat_at else None
    yield Check(
        "workers",
        _("后台进程"),
        State.GOOD if found.workers_alive else State.BAD,
        _("%(count)d 个，最近心跳 %(age)s前") % {"count": found.workers_alive, "age": _span(beat)}
        if beat is not None
        else _("从未运行"),
        _("没有后台进程：请启动 jieqing worker（或 jieqing up），并看它的日志。"),
    )


def _of_evidence(found: Numbers) -> Iterator[Check]:
    age = found.now - found.signed_at if found.signed_at else None
    state = State.GOOD
    if found.evidence_waiting:
        state = State.BAD if age is None else _graded(age, _SIGNED_WARN, _SIGNED_BAD)
    yield Check(
        "sequencer",
        _("存证排序"),
        state,
        _("%(count)d 条待排序") % {"count": found.evidence_waiting},
        _(
            "存证没有在签名：请看 jieqing sequencer 的日志；如说日志会分叉，请按运维手册“备份与恢复”处理，不要绕过。"
        ),
    )
    yield Check(
        "checkpoint",
        _("最近的签名检查点"),
        state if found.signed_at or found.evidence_waiting else State.GOOD,
        _("%(count)d 条，%(age)s前") % {"count": found.signed_entries or 0, "age": _span(age)}
        if age is not None
        else _("还没有签名"),
        _("同上：存证排序恢复后会自动签名。"),
    )


def _of_upkeep(found: Numbers) -> Iterator[Check]:
    yield _aged(
        "backup",
        _("最近的备份"),
        found,
        found.backup_at,
        (_BACKUP_WARN, _BACKUP_BAD),
        _("请执行 jieqing backup 目录，并检查定时任务；没有备份时，一次磁盘故障就会失去全部账本。"),
        is_good=found.is_last_check_good,
    )
    yield _aged(
        "drill",
        _("最近的恢复演练"),
        found,
        found.drill_at,
        (_DRILL_WARN, _DRILL_BAD),
        _("请执行 jieqing backup 目录 --drill；没有演练过的备份不能算备份。"),
        is_good=found.is_last_drill_good,
    )


def _aged(
    name: str,
    label: Promise,
    found: Numbers,
    at: datetime | None,
    limits: tuple[timedelta, timedelta],
    todo: Promise,
    *,
    is_good: bool | None,
) -> Check:
    """Something that must happen now and then; the last try must not have found anything."""
    if at is None:
        return Check(name, label, State.WARN, _("从未"), todo)
    state = State.BAD if is_good is False else _graded(found.now - at, *limits)
    value = _("%(age)s前") % {"age": _span(found.now - at)}
    if is_good is False:
        value = _("%(age)s前；最近一次核对发现问题") % {"age": _span(found.now - at)}
    return Check(name, label, state, value, todo)


def _mail(found: Numbers) -> Check:
    answers = mail_server_answers()
    late = found.now - found.notices_oldest_due_at if found.notices_oldest_due_at else timedelta(0)
    waiting = _("%(count)d 条待发") % {"count": found.notices_waiting}
    if answers is None:
        todo = _("没有配置邮件服务器，通知只会等待：请设置 JIEQING_SMTP_URL 和 JIEQING_MAIL_FROM。")
        return Check("mail", _("邮件通道"), State.WARN, waiting, todo)
    state = State.GOOD if answers else State.BAD
    if answers and late > _MAIL_WARN:
        state = State.WARN
    todo = _("邮件服务器没有应答或一直拒收：请检查 JIEQING_SMTP_URL、网络和账号；通知会自动重试。")
    return Check("mail", _("邮件通道"), state, waiting, todo)


def _skew(found: Numbers) -> Check:
    skew = abs(clock.now() - found.now)
    todo = _("本机与数据库的时钟不一致，期限和签名时间会出错：请在两台机器上启用时间同步（NTP）。")
    value = _("%(seconds)s 秒") % {"seconds": f"{skew.total_seconds():.1f}"}
    return Check("clock", _("时钟偏差"), _graded(skew, _SKEW_WARN, _SKEW_BAD), value, todo)


def _without_database() -> Iterator[Check]:
    usage = shutil.disk_usage(data_dir())
    share = usage.free / usage.total
    state = State.BAD if share < _FREE_BAD else State.WARN if share < _FREE_WARN else State.GOOD
    todo = _("数据目录所在磁盘快满了：请扩容，或把备份移到另一块磁盘；写满时平台会停止写入。")
    value = _("%(free)d GB，%(share)d%%") % {"free": usage.free >> 30, "share": round(share * 100)}
    yield Check("storage", _("剩余空间"), state, value, todo)
    yield Check("version", _("程序版本"), State.GOOD, release())


def _graded(value: timedelta, warn: timedelta, bad: timedelta) -> State:
    return State.BAD if value >= bad else State.WARN if value >= warn else State.GOOD


def _span(span: timedelta | None) -> str | Promise:
    """A length of time in its largest fitting unit."""
    seconds = max(0, round(span.total_seconds())) if span is not None else 0
    units: tuple[tuple[int, Callable[[int], Any]], ...] = (
        (86400, lambda n: _("%(n)d 天") % {"n": n}),
        (3600, lambda n: _("%(n)d 小时") % {"n": n}),
        (60, lambda n: _("%(n)d 分钟") % {"n": n}),
    )
    for size, words in units:
        if seconds >= 2 * size:
            return str(words(seconds // size))
    return str(_("%(n)d 秒") % {"n": seconds})
