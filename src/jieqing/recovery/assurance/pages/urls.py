"""Addresses of the compliance officer's room, below ``/s/<site>/``."""

from django.urls import path

from jieqing.recovery.assurance.pages import changes, coming, frame_parts, rule, rules, trying, year

frame_parts.register()

urlpatterns = [
    path("compliance/", rules.rules, name="gate-rules"),
    path("compliance/rules.csv", rules.rules_file, name="gate-rules-export"),
    path("compliance/rules.xlsx", rules.rules_file, {"kind": "xlsx"}, name="gate-rules-workbook"),
    path("compliance/rules/<str:rule_id>/", rule.rule, name="gate-rule"),
    path("compliance/try/", trying.try_facts, name="gate-try"),
    path("compliance/year/", year.year, name="gate-year"),
    path("compliance/year.csv", year.year_file, name="gate-year-export"),
    path("compliance/changes/", changes.changes, name="gate-changes"),
    path("compliance/changes/new/", changes.propose, name="gate-change-new"),
    path("compliance/changes/<uuid:review_id>/", changes.change, name="gate-change"),
    path("compliance/changes/<uuid:review_id>.csv", changes.change_file, name="gate-change-export"),
    path("compliance/changes/<uuid:review_id>/decide/", changes.decide, name="gate-change-decide"),
    path("compliance/calendar/", coming.calendar, name="gate-calendar"),
]
