"""Addresses of intake, below ``/s/<site>/``."""

from django.urls import path

from jieqing.recovery.intake.pages import checking, consulting, listing

urlpatterns = [
    path("intake/", listing.checks, name="intake"),
    path("intake.csv", listing.checks_file, name="intake-export"),
    path("intake.xlsx", listing.checks_file, {"kind": "xlsx"}, name="intake-workbook"),
    path("intake/recheck/", checking.recheck, name="intake-recheck"),
    path("intake/consultations/<uuid:enquiry_id>/", consulting.consultation, name="consultation-triage"),
    path("intake/<uuid:check_id>/", checking.check, name="intake-check"),
    path("intake/<uuid:check_id>/decide/", checking.decide, name="intake-decide"),
    path("placements/<uuid:placement_id>/declaration/", checking.declaration, name="placement-declaration"),
]
