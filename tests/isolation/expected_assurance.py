"""What each of the cast gets in the compliance officer's room (see ``expected``). The supervisor reads rules and counts."""

READ = (200, 200, 404, 403, 200, 302)
_ROOM = "s/<slug:site_slug>/compliance/"

ASSURANCE: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(
        (f"{_ROOM}{tail}" for tail in ("", "rules.csv", "rules.xlsx", "rules/<str:rule_id>/")), READ
    ),
    **dict.fromkeys((f"{_ROOM}{tail}" for tail in ("try/", "year/", "year.csv", "calendar/")), READ),
}
