"""Addresses of placements, below ``/s/<site>/``."""

from django.urls import path

from jieqing.recovery.placements.pages import listing, opening, placement
from jieqing.recovery.placements.pages.conflict_search import conflict_search

_ONE = "placements/<uuid:placement_id>/"

urlpatterns = [
    path("placements/", listing.placements, name="placements"),
    path("placements.csv", listing.placements_file, name="placements-export"),
    path("placements.xlsx", listing.placements_file, {"kind": "xlsx"}, name="placements-workbook"),
    path("placements/conflicts/", conflict_search, name="conflict-search"),
    path("placements/new/", opening.placement_new, name="placement-new"),
    path(_ONE, placement.placement, name="placement"),
    path(f"{_ONE}agreement/", placement.agreement, name="placement-agreement"),
    path(f"{_ONE}sign/", placement.sign, name="placement-sign"),
    path(f"{_ONE}conflicts/", placement.conflicts, name="placement-conflicts"),
    path(f"{_ONE}activate/", placement.activate, name="placement-activate"),
    path(f"{_ONE}decline/", placement.decline, name="placement-decline"),
    path(f"{_ONE}recall/", placement.recall, name="placement-recall"),
]
