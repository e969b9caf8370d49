"""GBT-05, CBA-01, GBT-20, US-04, UK-04: the clock on the wall of the person, second by second."""

import pytest
from worldlet import abroad, contact, found, rows

DAY = "2026-11-10T"


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:59:59", False), ("22:00:00", True), ("07:59:59", True), ("08:00:00", False), ("00:00:00", True)],
)
@pytest.mark.parametrize(
    "channel", ["voice_human", "sms", "email", "letter", "im", "portal", "voice_ai", "voice_notice"]
)
def test_quiet_hours_on_every_channel(clock: str, channel: str, quiet: bool) -> None:
    by = "robot" if channel in ("voice_ai", "voice_notice") else "human"
    assert ({"GBT-05", "CBA-01"} if quiet else set()) == rows(
        contact(f"{DAY}{clock}+08:00", channel=channel, by=by)
    )


def test_a_fraction_of_a_second_before_ten_is_before_ten() -> None:
    assert rows(contact(f"{DAY}21:59:59.999999+08:00")) == set()


def test_the_persons_zone_decides_not_the_logs() -> None:
    lives = {"debtor": {"zones": [[None, "Europe/Paris"]]}}
    assert rows(contact(f"{DAY}05:30:00+08:00"), persons=lives) == {"GBT-05", "CBA-01"}  # 22:30 in Paris
    assert rows(contact(f"{DAY}22:30:00+08:00"), persons=lives) == set()  # 15:30 in Paris


def test_a_move_counts_from_its_instant() -> None:
    moves = {"debtor": {"zones": [[None, "Asia/Shanghai"], [f"{DAY}13:00:00+08:00", "America/New_York"]]}}
    assert rows(contact(f"{DAY}12:59:59+08:00"), persons=moves) == set()
    assert rows(contact(f"{DAY}13:00:00+08:00"), persons=moves) == {
        "GBT-05",
        "CBA-01",
    }  # midnight in New York


def agreed(*hours: tuple[str, str], **keys: str) -> dict:
    return {"agreements": [{"person": "debtor", "hours": [list(window) for window in hours], **keys}]}


@pytest.mark.parametrize(
    ("clock", "row"),
    [("21:29:59", {"GBT-05"}), ("21:30:00", set()), ("22:29:59", set()), ("22:30:00", {"GBT-05", "CBA-01"})],
)
def test_agreed_hours_open_the_night_and_close_the_day(clock: str, row: set[str]) -> None:
    assert rows(contact(f"{DAY}{clock}+08:00"), **agreed(("21:30", "22:30"))) == row


def test_agreed_hours_may_pass_midnight() -> None:
    hours = agreed(("23:00", "01:00"))
    assert rows(contact(f"{DAY}00:59:59+08:00"), **hours) == set()
    assert rows(contact(f"{DAY}01:00:00+08:00"), **hours) == {"GBT-05", "CBA-01"}


def test_an_agreement_with_another_creditor_or_of_another_day_opens_nothing() -> None:
    night = f"{DAY}22:10:00+08:00"
    assert rows(contact(night), **agreed(("22:00", "23:00"), creditor="other")) == {"GBT-05", "CBA-01"}
    assert rows(contact(night), **agreed(("22:00", "23:00"), to=night)) == {"GBT-05", "CBA-01"}
    assert rows(contact(night), **agreed(("22:00", "23:00"), **{"from": night})) == set()


def test_consent_to_calls_opens_no_night() -> None:
    consent = [{"person": "debtor", "debt": "loan"}]
    assert rows(contact(f"{DAY}22:10:00+08:00"), consents=consent) == {"GBT-05", "CBA-01"}


def test_other_debts_of_the_mainland_are_held_to_the_same_hours_by_the_stricter_reading() -> None:
    assert found(contact(f"{DAY}22:00:00+08:00"), debts={"loan": {"kind": "b2b"}}) == [
        ("GBT-05", "strict"),
        ("CBA-01", "strict"),
    ]


@pytest.mark.parametrize(
    ("clock", "answer"),
    [
        ("07:59:59", [("US-04", "text")]),
        ("08:00:00", []),
        ("20:59:59", []),
        ("21:00:00", [("US-04", "strict")]),
        ("21:00:01", [("US-04", "text")]),
    ],
)
def test_regulation_f_hours(clock: str, answer: list) -> None:
    assert found(contact(f"{DAY}{clock}-05:00"), **abroad("US", "America/New_York")) == answer


@pytest.mark.parametrize(
    ("at", "early"),
    [
        ("2026-11-01T12:59:59+00:00", True),  # the clocks went back: 07:59:59 EST
        ("2026-11-01T13:00:00+00:00", False),
        ("2026-10-31T12:00:00+00:00", False),  # the day before: 08:00 EDT
        ("2027-03-14T11:59:59+00:00", True),  # forward: 07:59:59 EDT
        ("2027-03-14T12:00:00+00:00", False),
    ],
)
def test_the_change_of_clocks(at: str, early: bool) -> None:
    assert rows(contact(at), **abroad("US", "America/New_York")) == ({"US-04"} if early else set())


def test_the_united_kingdom_by_the_stricter_reading() -> None:
    london = abroad("UK", "Europe/London")
    assert found(contact("2026-11-10T21:00:00Z"), **london) == [("UK-04", "strict")]
    assert found(contact("2026-11-10T20:59:59Z"), **london) == []


def visit(at: str, **keys: object) -> dict:
    return contact(at, channel="visit", outcome="met", staff=["ann", "bob"], **keys)


@pytest.mark.parametrize(
    ("clock", "answer"),
    [
        ("08:00:00", []),
        ("17:59:59", []),
        ("18:00:00", [("GBT-20", "strict")]),
        ("19:59:59", [("GBT-20", "strict")]),
        ("20:00:00", [("GBT-20", "text")]),
    ],
)
def test_visits_by_day(clock: str, answer: list) -> None:
    assert found(visit(f"{DAY}{clock}+08:00")) == answer


def test_two_people_each_counted_once_and_recorded() -> None:
    assert rows(visit(f"{DAY}10:00:00+08:00")) == set()
    assert rows(contact(channel="visit", outcome="met", staff=["ann", "ann"])) == {"GBT-20"}
    assert rows(visit(f"{DAY}10:00:00+08:00", recorded=False)) == {"GBT-20", "NIFA-01"}
    assert rows(visit(f"{DAY}10:00:00+08:00", entered_home=True)) == {"RL-06"}
    assert rows(visit(f"{DAY}10:00:00+08:00", entered_home=True, entry_consent=True)) == set()


def test_inbound_contacts_are_never_wrong() -> None:
    assert rows(contact(f"{DAY}23:00:00+08:00", direction="in")) == set()
