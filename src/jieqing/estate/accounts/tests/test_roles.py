"""The role table: what is not listed is denied."""

import pytest

from jieqing.estate.accounts.engine.roles import PERMISSIONS, ROLE_NAMES, Role, allows


def test_every_role_has_a_row_and_two_names() -> None:
    assert set(PERMISSIONS) == set(Role) == set(ROLE_NAMES)
    assert all(zh and en for zh, en in ROLE_NAMES.values())


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.DEBTOR, Role.MEDIATOR, Role.PLATFORM_OPERATOR])
@pytest.mark.parametrize("permission", sorted(frozenset().union(*PERMISSIONS.values())))
def test_roles_without_a_desk_may_do_nothing(role: Role, permission: str) -> None:
    """But for the rules of contact, which hold nothing personal: the supervisor reads them on a site."""
    assert allows({role}, permission) == ((role, permission) == (Role.SUPERVISOR, "compliance.read"))


def test_reading_does_not_imply_writing() -> None:
    assert allows({"auditor"}, "ledger.read")
    assert not allows({"auditor"}, "ledger.import")
    assert not allows(set(), "ledger.read")
