"""The register refuses a column without purpose and a column with two stories."""

import dataclasses

import pytest
from django.apps import apps

from jieqing.plumbing.personal import Basis, Mask, PersonalField, RoomConfig, declare, is_declared

FIELD = PersonalField(
    table="test_person",
    column="nickname",
    basis=Basis.CONSENT,
    purpose_zh="测试",
    purpose_en="test",
    retention_days=30,
    mask=Mask.NAME,
)


def test_same_entry_twice_is_harmless() -> None:
    declare(FIELD)
    declare(FIELD)
    assert is_declared("test_person", "nickname")


@pytest.mark.parametrize("change", [{"purpose_zh": ""}, {"purpose_en": ""}, {"retention_days": 0}])
def test_entry_without_purpose_or_retention_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="required"):
        declare(dataclasses.replace(FIELD, column="other", **change))


def test_two_stories_for_one_column_are_refused() -> None:
    declare(FIELD)
    with pytest.raises(ValueError, match="twice"):
        declare(dataclasses.replace(FIELD, basis=Basis.CONTRACT))


def test_every_room_starts_with_its_own_config_and_its_register() -> None:
    """Django falls back to a plain config in silence; then no room's privacy module would ever be read."""
    rooms = [
        config
        for config in apps.get_app_configs()
        if config.name.startswith("jieqing.") and config.name.count(".") == 2
    ]
    assert [config.name for config in rooms if not isinstance(config, RoomConfig)] == []
    assert is_declared("accounts_user", "username")
