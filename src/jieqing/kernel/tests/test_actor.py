"""An Actor is frozen, has one JSON form, and parts of the platform are the same actor every day."""

from dataclasses import FrozenInstanceError
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.canonical import canonical_bytes, read_canonical
from jieqing.kernel.ids import new_id

CODES = st.frozensets(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=8), max_size=4)
ACTORS = st.builds(Actor, st.uuids(), st.sampled_from(ActorKind), st.none() | st.uuids(), CODES, CODES)


@given(ACTORS)
def test_the_json_form_brings_the_actor_back(actor: Actor) -> None:
    form = read_canonical(canonical_bytes(actor.as_json()))
    assert isinstance(form, dict)
    assert Actor.from_json(form) == actor


def test_roles_do_not_grow_on_the_way() -> None:
    actor = system_actor(None, "demo")
    with pytest.raises(FrozenInstanceError):
        actor.roles = frozenset({"site_owner"})  # type: ignore[misc]


def test_a_system_actor_is_the_same_every_time_and_its_own_on_each_site() -> None:
    here, there = new_id(), new_id()
    assert system_actor(here, "import") == system_actor(here, "import")
    assert len({system_actor(s, n).id for s in (here, there, None) for n in ("import", "demo")}) == 6
    assert system_actor(here, "import").roles == {"system:import"}
    assert system_actor(None, "demo").id == UUID("e6f406ab-4379-5bbb-91ba-a0a63f1b6248")


def test_a_system_actor_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="name"):
        system_actor(None, "")


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("id", 5, TypeError),
        ("id", "x", ValueError),
        ("kind", "god", ValueError),
        ("roles", "owner", TypeError),
    ],
)
def test_a_form_that_no_actor_wrote_is_refused(field: str, value: object, error: type[Exception]) -> None:
    form = system_actor(None, "demo").as_json() | {field: value}
    with pytest.raises(error):
        Actor.from_json(form)  # type: ignore[arg-type]
