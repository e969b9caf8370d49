"""By whom and with what: sites, placements, staff, visits, labels, approved scripts, and words that may not be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from jieqing_sendlog.contact import CONNECTED, INTERACTIVE, VOICE, Seen
from jieqing_sendlog.finding import STRICT, TEXT
from jieqing_sendlog.hours import Told
from jieqing_sendlog.spans import during

AGENCIES = frozenset({"outsourcing", "amc"})
BUSINESS = frozenset({"b2b", "construction"})
FINANCIAL = frozenset(
    [
        "bank",
        "consumer_finance",
        "small_loan",
        "amc",
        "local_amc",
        "factoring",
        "financial_leasing",
        "financing_guarantee",
        "insurance",
        "trust",
        "auto_finance",
        "pawnshop",
    ]
)
RECORD_CLEARANCES = ("background", "pledge")
EXAM_CLEARANCES = ("exam", "annual_training")
LETTER_ELEMENTS = frozenset({"holder", "reason", "rights", "ways", "contact", "seal", "other"})
INVENTED_STEPS = ("已立案", "已通缉", "明日上门执行", "列入失信")
WAYS_OUT = ("退订", "拒收", "STOP", "unsubscribe", "opt out")
TEXT_CHECK = timedelta(days=60)
VISITORS = 2


class Makers:
    """Remembers only whom each creditor has reached before: the first contact must say who is calling."""

    def __init__(self) -> None:
        self.known: set[tuple[str, str]] = set()

    def look(self, seen: Seen) -> Iterator[Told]:
        yield from self._site(seen)
        if seen.law == "CN":
            yield from self._staff(seen)
            yield from self._records(seen)
            if seen.contact.channel == "visit":
                yield from self._visit(seen)
            yield from self._filed(seen)
        yield from self._labels(seen)
        yield from self._words(seen)

    def note(self, seen: Seen) -> None:
        self.known.add((seen.contact.person, seen.debt.creditor))

    def _site(self, seen: Seen) -> Iterator[Told]:
        site, contact = seen.site, seen.contact
        if not during(site.live, seen.at):
            yield "RL-16", TEXT, "the site is not live"
        if not during(site.filing, seen.at):
            yield "RL-16", TEXT, "the site's filing is not valid"
        placed = {
            name for name, spans in seen.register.placements.get(contact.debt, ()) if during(spans, seen.at)
        }
        if contact.site not in placed:
            yield "OUT-02", TEXT if site.kind in AGENCIES else STRICT, "no placement in force"
        agencies = {name for name in placed if seen.register.sites[name].kind in AGENCIES}
        if seen.law == "CN" and contact.site in agencies and len(agencies) > 1:
            yield "GBT-16", TEXT if seen.consumer else STRICT, "placed with several agencies"
        if seen.law != "CN":
            return
        business = seen.debt.kind in BUSINESS | {"judgment"}
        if business and site.kind == "outsourcing" and seen.creditor_kind not in FINANCIAL:
            sure = TEXT if seen.debt.kind in BUSINESS else STRICT
            yield "RL-16", sure, "hired chasing of business debt"
        if site.kind == "mediation" and (seen.collects or contact.threatens_suit):
            yield "MED-11", TEXT if seen.collects else STRICT, contact.purpose
        if (
            site.caller_ids is not None
            and contact.caller_id is not None
            and contact.caller_id not in site.caller_ids
        ):
            yield "RL-20", TEXT, contact.caller_id

    def _staff(self, seen: Seen) -> Iterator[Told]:
        contact = seen.contact
        by_hand = contact.channel in ("voice_human", "visit")
        if by_hand and not contact.staff:
            yield "GBT-13", STRICT, "nobody is named"
        for name in contact.staff:
            employee = seen.register.staff.get(name)
            held = employee.clearances if employee else {}
            sure = TEXT if seen.consumer and by_hand else STRICT
            for kind in RECORD_CLEARANCES:
                if not during(held.get(kind, ()), seen.at):
                    yield "GBT-12", sure, f"{name}: {kind}"
            for kind in EXAM_CLEARANCES:
                if not during(held.get(kind, ()), seen.at):
                    yield "GBT-13", sure, f"{name}: {kind}"
            if not during(held.get("level_basic", ()), seen.at):
                yield "GBT-13", STRICT, f"{name}: level_basic"
        if contact.signed_as_lawyer:
            lawyers = [seen.register.staff.get(name) for name in contact.staff]
            if seen.site.kind != "law_firm" or not any(
                who and during(who.lawyer, seen.at) for who in lawyers
            ):
                yield "RL-17", TEXT, "signed as a lawyer"

    def _records(self, seen: Seen) -> Iterator[Told]:
        contact = seen.contact
        if contact.device != "controlled":
            yield "GBT-17", TEXT if seen.consumer else STRICT, contact.device
        if contact.channel in VOICE and contact.outcome in CONNECTED and not contact.recorded:
            # Nobody speaks in a one-way notice, so there the filed content might do for a recording.
            talk = contact.channel in INTERACTIVE
            if seen.debt.kind == "card":
                yield "CARD-01", TEXT if talk else STRICT, "not recorded"
            if seen.creditor_kind == "consumer_finance":
                yield "CFC-01", STRICT, "not recorded"
            yield "GBT-17", TEXT if seen.consumer and talk else STRICT, "not recorded"
        first = (contact.person, seen.debt.creditor) not in self.known
        if first and not contact.stated_identity and seen.role != "lawyer":
            yield "CBA-05", TEXT if seen.consumer else STRICT, "first contact"

    def _visit(self, seen: Seen) -> Iterator[Told]:
        contact = seen.contact
        sure = TEXT if seen.consumer else STRICT
        if len(set(contact.staff)) < VISITORS:
            yield "GBT-20", sure, f"{len(set(contact.staff))} of {VISITORS} people"
        if not contact.recorded:
            yield "GBT-20", sure, "not recorded"
            yield "NIFA-01", sure, "not recorded"
        if contact.entered_home and not contact.entry_consent:
            yield "RL-06", TEXT, "entered without consent"

    def _filed(self, seen: Seen) -> Iterator[Told]:
        contact = seen.contact
        content = seen.register.contents.get(contact.content) if contact.content else None
        approved = content is not None and during(content.approved, seen.at)
        if contact.channel == "voice_notice" and not approved:
            yield "GBT-08", TEXT if seen.consumer else STRICT, "content is not approved"
        if contact.channel == "letter" and seen.debt.kind == "card" and seen.collects:
            missing = LETTER_ELEMENTS - (content.elements if content else frozenset())
            if missing:
                yield "CARD-02", TEXT, ", ".join(sorted(missing))
        if contact.channel == "sms":
            text = _text_of(seen)
            if text is not None and not (("【" in text and "】" in text) and _way_out(seen, text)):
                yield "AI-08", STRICT, "signature or way out is missing"

    def _labels(self, seen: Seen) -> Iterator[Told]:
        contact = seen.contact
        if seen.law == "CN" and not contact.ai_label:
            if contact.channel == "voice_ai":
                yield "AI-01", TEXT, "no label"
            elif contact.synthetic:
                yield "AI-01", TEXT if contact.channel in VOICE else STRICT, "no label"
        if seen.law != "US":
            return
        text = _text_of(seen)
        if contact.channel in ("sms", "email", "im") and not _way_out(seen, text or ""):
            yield "US-08", TEXT, "no free way out"
        point = seen.register.points.get(contact.point)
        if contact.channel == "sms" and point is not None and not _confirmed(point.confirmed, seen):
            yield "US-08", TEXT, "number not checked within 60 days"
        if contact.channel == "email" and point is not None and point.work:
            yield "US-09", TEXT, "work e-mail"

    def _words(self, seen: Seen) -> Iterator[Told]:
        contact = seen.contact
        if contact.threatens_suit and during(seen.debt.time_barred, seen.at):
            yield (
                {"US": "US-12", "UK": "UK-04"}.get(seen.law, "SOL-17"),
                STRICT if seen.law == "UK" else TEXT,
                "suit",
            )
        text = _text_of(seen)
        if text and seen.law == "CN" and not contact.court_document:
            for phrase in INVENTED_STEPS:
                if phrase in text:
                    yield "AI-10", TEXT, phrase


def _text_of(seen: Seen) -> str | None:
    if seen.contact.text is not None:
        return seen.contact.text
    content = seen.register.contents.get(seen.contact.content) if seen.contact.content else None
    return content.text or None if content else None


def _way_out(seen: Seen, text: str) -> bool:
    return seen.contact.opt_out_offered or any(word in text for word in WAYS_OUT)


def _confirmed(instants: tuple[datetime, ...], seen: Seen) -> bool:
    return any(at <= seen.at <= at + TEXT_CHECK for at in instants)
