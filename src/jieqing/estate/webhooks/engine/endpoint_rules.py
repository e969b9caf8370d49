"""What an endpoint may be: its address, its events, its description."""

from collections.abc import Collection, Iterable

from jieqing.kernel.outcomes import Problem, ProblemKind

ENDPOINTS_MAX = 20
DESCRIPTION_CHARS_MAX = 120


def check_wish(
    *, is_url_sound: bool, events: Iterable[str], known: Collection[str], description: str
) -> Problem | None:
    """Return why there can be no such endpoint, or None."""
    if not is_url_sound:
        return Problem.of(URL_WRONG)
    wanted = set(events)
    if not wanted or not wanted <= set(known):
        return Problem.of(EVENTS_WRONG, known=", ".join(known))
    if len(description) > DESCRIPTION_CHARS_MAX:
        return Problem.of(DESCRIPTION_LONG, most=DESCRIPTION_CHARS_MAX)
    return None


URL_WRONG = ProblemKind(
    "webhook.url",
    "这个回调地址不能使用。",
    "This address cannot be used.",
    "请填写公网可达的 https:// 地址，不含用户名、密码和 # 片段；不接受内网地址。",
    "Give an https:// address on the public Internet without user name, password or fragment; private addresses are refused.",
)
EVENTS_WRONG = ProblemKind(
    "webhook.events",
    "至少选择一种事件，且只能从列出的事件中选择。",
    "Choose at least one event, and only listed ones.",
    "可选：{known}。",
    "Choose from: {known}.",
)
DESCRIPTION_LONG = ProblemKind(
    "webhook.description",
    "说明太长。",
    "The description is too long.",
    "最多 {most} 个字符。",
    "At most {most} characters.",
)
TOO_MANY = ProblemKind(
    "webhook.too_many",
    "本站的回调已达上限（{most} 个）。",
    "The site has all the endpoints it may have ({most}).",
    "请先移除不用的回调。",
    "Remove one that is not used first.",
)
UNKNOWN = ProblemKind(
    "webhook.unknown",
    "没有这个回调，或您无权查看。",
    "There is no such endpoint or delivery, or you may not see it.",
    "请从“接口”页打开。",
    "Open it from the developer page.",
)
NOT_PAUSED = ProblemKind(
    "webhook.not_paused",
    "这个回调没有暂停。",
    "This endpoint is not paused.",
    "无需恢复。",
    "Nothing to resume.",
)
PAUSED_ALREADY = ProblemKind(
    "webhook.paused_already",
    "这个回调已经暂停。",
    "This endpoint is paused already.",
    "需要时可以恢复。",
    "Resume it when needed.",
)
REASON_MISSING = ProblemKind(
    "webhook.reason_missing",
    "没有填写理由。",
    "The reason is missing.",
    "请写明理由，它会进入存证。",
    "Say why; the reason goes into evidence.",
)
NOTHING_SINCE = ProblemKind(
    "webhook.nothing_since",
    "该时间之后没有可重发的消息。",
    "There is no message to replay since then.",
    "消息保留 {days} 天；请选择更早的时间。",
    "Messages are kept for {days} days; choose an earlier moment.",
)
REPLAY_WHAT = ProblemKind(
    "webhook.replay_what",
    "请只给出 delivery_id 或 since 其中之一。",
    "Give either delivery_id or since.",
    "delivery_id 重发一条，since 重发该时刻起的全部。",
    "delivery_id replays one message, since replays all from that moment on.",
)
