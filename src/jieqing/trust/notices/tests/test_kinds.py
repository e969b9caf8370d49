"""The closed list: fixed texts in both languages, narrow values, no pressure."""

import string
from datetime import UTC, date, datetime

import pytest

from jieqing.trust.notices.engine.kinds import FOOTER, TEMPLATES, FieldType, NoticeKind, RecipientKind
from jieqing.trust.notices.engine.patience import PATIENCE, next_attempt
from jieqing.trust.notices.engine.rendering import check, render, render_hidden
from jieqing.trust.notices.engine.wording import pressing_words

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SAMPLES = {
    FieldType.NAME: "江南轴承有限公司",
    FieldType.CODE: "123456",
    FieldType.LINK: "https://jieqing.example/invitation/abc/",
    FieldType.MOMENT: AT,
    FieldType.DAY: date(2026, 11, 22),
    FieldType.NUMBER: 10,
    FieldType.REFERENCE: "R-2026-0001",
    FieldType.AMOUNT: "¥1,980.00",
}
INVITE = {"inviter": "周负责", "site": "江南轴承有限公司", "link": SAMPLES[FieldType.LINK], "until": AT}


def values(kind: NoticeKind) -> dict[str, object]:
    return {
        name: SAMPLES.get(spec.type, next(iter(spec.choices), None))
        for name, spec in TEMPLATES[kind].fields.items()
    }


def test_every_kind_has_a_template() -> None:
    assert set(TEMPLATES) == set(NoticeKind)


@pytest.mark.parametrize("kind", NoticeKind)
def test_texts_use_their_fields_and_no_others(kind: NoticeKind) -> None:
    template = TEMPLATES[kind]
    for language in (0, 1):
        text = template.subject[language] + template.body[language]
        assert {name for _, name, _, _ in string.Formatter().parse(text) if name} == set(template.fields)
    secret = {name for name, spec in template.fields.items() if spec.is_secret}
    assert not any("{" + name + "}" in text for name in secret for text in template.subject), (
        "secrets stay in the body"
    )


@pytest.mark.parametrize("kind", NoticeKind)
def test_no_text_presses(kind: NoticeKind) -> None:
    template = TEMPLATES[kind]
    texts = [*template.subject, *template.body, *template.name]
    texts += [part for spec in template.fields.values() for pair in spec.choices.values() for part in pair]
    assert [pressing_words(text) for text in texts] == [[]] * len(texts)
    assert not pressing_words("".join(FOOTER))


@pytest.mark.parametrize("kind", NoticeKind)
def test_checked_values_render_in_both_languages(kind: NoticeKind) -> None:
    recipient = next(iter(TEMPLATES[kind].recipients))
    assert check(kind, recipient, "a@example.org", values(kind)) is None
    mail = render(kind, values(kind))
    assert "{" not in mail.subject + mail.body and "\n" not in mail.subject
    assert FOOTER[0] in mail.body and FOOTER[1] in mail.body


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_text_is_for_its_kinds_of_recipients_only(kind: NoticeKind) -> None:
    for recipient in set(RecipientKind) - TEMPLATES[kind].recipients:
        problem = check(kind, recipient, "a@example.org", values(kind))
        assert problem is not None and problem.code == "notices.recipient"


@pytest.mark.parametrize(
    "site",
    [
        "",
        "请于今日联系 13800138000",
        "见 https://evil.example",
        "www.evil.example",
        "一\n二",
        "a@b.example",
        "长" * 121,
        5,
    ],
)
def test_a_name_is_no_way_to_write_a_message(site: object) -> None:
    problem = check(NoticeKind.INVITATION, RecipientKind.INVITEE, "a@example.org", {**INVITE, "site": site})
    assert problem is not None and problem.code == "notices.value"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://x.example/a?b=c", "https://x.example/a b", "//x/"]
)
def test_a_link_is_a_plain_address(link: str) -> None:
    assert (
        check(NoticeKind.INVITATION, RecipientKind.INVITEE, "a@example.org", {**INVITE, "link": link})
        is not None
    )


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b", "a@b@c", "a b@c.example", "a@b\nBcc: c@d", "a,b@c", "x" * 255]
)
def test_an_address_is_one_address(address: str) -> None:
    problem = check(NoticeKind.INVITATION, RecipientKind.INVITEE, address, INVITE)
    assert problem is not None and problem.code == "notices.address"


@pytest.mark.parametrize("change", [{"note": "free text"}, {"site": None}])
def test_no_field_more_and_none_less(change: dict[str, object]) -> None:
    changed = {name: value for name, value in {**INVITE, **change}.items() if value is not None}
    problem = check(NoticeKind.INVITATION, RecipientKind.INVITEE, "a@example.org", changed)
    assert problem is not None and problem.code == "notices.fields"


def test_a_reader_without_the_secret_sees_dots() -> None:
    shown = {name: value for name, value in INVITE.items() if name != "link"}
    assert INVITE["link"] not in render_hidden(NoticeKind.INVITATION, shown).body
    assert "••••" in render_hidden(NoticeKind.INVITATION, shown).body


def test_waits_double_up_to_an_hour_and_end_after_a_day() -> None:
    waits = [next_attempt(n, first_at=AT, now=AT, expires_at=None) - AT for n in (1, 2, 3, 6, 7, 60)]
    assert [wait.total_seconds() / 60 for wait in waits] == [1, 2, 4, 32, 60, 60]
    assert next_attempt(9, first_at=AT, now=AT + PATIENCE, expires_at=None) is None
    assert next_attempt(1, first_at=AT, now=AT, expires_at=AT) is None
