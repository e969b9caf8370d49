"""No page is left untranslated, and one word has one translation."""

import pytest

from jieqing.plumbing import catalogues

APPS = list(catalogues.app_folders())


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_text_has_english(app):
    assert catalogues.missing(app) == [], (
        "run: python -m jieqing.plumbing.catalogues, then fill in the English"
    )


def test_one_text_has_one_translation():
    said = {}
    for app in APPS:
        for entry in catalogues.read_catalogue(app):
            if entry.id:
                said.setdefault((entry.context, entry.id), set()).add(entry.string)
    assert {key: words for key, words in said.items() if len(words) > 1} == {}


def test_a_missing_translation_is_found(tmp_path):
    app = tmp_path / "room"
    (app / "templates").mkdir(parents=True)
    (app / "apps.py").touch()
    (app / "templates" / "page.html").write_text(
        "{% load i18n %}<c-tag x=\"{% translate '合计' %}\" />", encoding="utf-8"
    )
    (tmp_path / "plumbing").mkdir()
    assert catalogues.missing(app, tmp_path) == ["合计"]
    assert catalogues.update(app, tmp_path) == 1


def test_a_stale_catalogue_is_compiled_once(tmp_path):
    source = tmp_path / "room" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "合计"\nmsgstr "Total"\n', encoding="utf-8")
    assert catalogues.compile_stale(tmp_path) == [source.with_suffix(".mo")]
    assert catalogues.compile_stale(tmp_path) == []
