"""Pages of the case room and the desks, for each of the cast: reading, working, and what takes a POST only."""

READ = (200, 200, 404, 403, 403, 302)
WRITE = (200, 403, 404, 403, 403, 302)
POST_READ = (405, 405, 404, 403, 403, 302)
POST_WRITE = (405, 403, 404, 403, 403, 302)

_SITE = "s/<slug:site_slug>"
_CASE = f"{_SITE}/cases/<uuid:case_id>"
DEEDS = (
    *("note", "promise", "dispute", "hold", "next", "snooze", "effort", "outlay", "complaint", "take", "assign"),
    *("stage", "close", "reopen", "promise-cancel", "dispute-paper", "dispute-close", "release"),
    *("complaint-answer", "complaint-extend"),
)  # fmt: skip
CASE_PAGES: dict[str, tuple[int, ...]] = {
    f"{_SITE}/cases/": READ,
    f"{_SITE}/cases.csv": READ,
    f"{_SITE}/cases.xlsx": READ,
    **dict.fromkeys(
        (f"{_SITE}/cases/{page}/" for page in ("board", "promises", "clocks", "complaints", "news")), READ
    ),
    f"{_SITE}/cases/new/<uuid:debtor_id>/": WRITE,
    f"{_SITE}/cases/of/<uuid:debtor_id>/": READ,
    f"{_SITE}/cases/with/<uuid:item_id>/": READ,
    f"{_SITE}/cases/of-enquiry/<uuid:enquiry_id>/": READ,
    **dict.fromkeys((f"{_SITE}/cases/picked/{verb}/" for verb in ("assign", "snooze", "stage")), POST_WRITE),
    f"{_SITE}/cases/picked/export/": POST_READ,
    f"{_SITE}/cases/import/": WRITE,
    f"{_SITE}/cases/import/template.csv": WRITE,
    f"{_SITE}/cases/field-sheet.xlsx": WRITE,
    f"{_SITE}/cases/files/<uuid:file_id>/undo/": POST_WRITE,
    f"{_SITE}/cases/changes/<uuid:change_id>/undo/": POST_WRITE,
    f"{_CASE}/": READ,
    f"{_CASE}/contact/": READ,
    f"{_CASE}/news/": READ,
    **dict.fromkeys((f"{_CASE}/{deed}/" for deed in DEEDS), WRITE),
    **dict.fromkeys((f"{_SITE}/desk/{desk}/" for desk in ("specialist", "operator", "finance")), WRITE),
}
