"""What a person does to a point or for a party: a form, a verb, and what is said when it is done. Data for the views."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jieqing.claims.parties import selectors, services
from jieqing.claims.parties.engine.choices import ChoiceKind
from jieqing.claims.parties.models import ContactPoint, Party
from jieqing.claims.parties.pages import forms as ours
from jieqing.claims.parties.problems import GUARANTOR_UNKNOWN
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """``act(actor, target, values)`` answers a Problem or anything else."""

    name: str
    form: type[forms.Form]
    act: Callable[[Actor, Any, Values], object]
    done: Any


def _choose(actor: Actor, party: Party, values: Values, point: ContactPoint | None = None) -> object:
    verb = services.record_consent if values["kind"] is ChoiceKind.CONSENT else services.record_opt_out
    return verb(
        actor=actor,
        party=party,
        point=point,
        channel=values["channel"],
        source=values["source"],
        reason=values["reason"],
    )


def _link(actor: Actor, party: Party, values: Values) -> object:
    found = selectors.parties_called(values["guarantor"])
    if len(found) != 1:
        return Problem.of(GUARANTOR_UNKNOWN, said=values["guarantor"][:60], found=len(found))
    guarantor = selectors.names_of(found)[found[0]]
    return services.link_guarantor(
        actor=actor,
        guarantor=guarantor,
        debtor=party,
        kind=values["kind"],
        until_on=values["until_on"],
        reason=values["reason"],
    )


PARTY_VERBS: tuple[Verb, ...] = (
    Verb(
        "add",
        ours.AddForm,
        lambda actor, party, values: services.add_contact_point(actor=actor, party=party, **values),
        _("联系方式已登记并存证。"),
    ),
    Verb("choices", ours.ChoiceForm, _choose, _("选择已登记并存证。")),
    Verb(
        "hours",
        ours.HoursForm,
        lambda actor, party, values: services.agree_hours(actor=actor, party=party, **values),
        _("约定时间已登记并存证。"),
    ),
    Verb("guarantors", ours.GuarantorForm, _link, _("保证人已登记并存证。")),
    Verb(
        "events",
        ours.EventForm,
        lambda actor, party, values: services.record_debtor_event(actor=actor, party=party, **values),
        _("事项已登记并存证。"),
    ),
)

POINT_VERBS: tuple[Verb, ...] = (
    Verb(
        "correct",
        ours.CorrectForm,
        lambda actor, point, values: services.correct_contact_point(actor=actor, point=point, **values),
        _("已更正；原内容保留为“已更正”。"),
    ),
    Verb(
        "invalid",
        ours.InvalidForm,
        lambda actor, point, values: services.mark_invalid(actor=actor, point=point, **values),
        _("已标记失效。"),
    ),
    Verb(
        "confirm",
        ours.ConfirmForm,
        lambda actor, point, values: services.confirm_point(actor=actor, point=point, **values),
        _("已确认有效。"),
    ),
    Verb(
        "zone",
        ours.ZoneForm,
        lambda actor, point, values: services.state_timezone(actor=actor, point=point, **values),
        _("时区已登记。"),
    ),
    Verb(
        "refusal",
        ours.RefusalForm,
        lambda actor, point, values: services.record_refusal(actor=actor, point=point, **values),
        _("已登记拒绝：此号码不会再被联系。"),
    ),
    Verb(
        "choice",
        ours.ChoiceForm,
        lambda actor, point, values: _choose(actor, point.party, values, point),
        _("选择已登记并存证。"),
    ),
)
