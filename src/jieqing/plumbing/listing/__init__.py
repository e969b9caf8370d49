"""Lists: declared once, shown, filtered, sorted, exported, kept as views, acted on in bulk. See the module essays."""

from jieqing.plumbing.listing.columns import Asked, BulkAction, Column, Listing, asked_of, listing_by_name
from jieqing.plumbing.listing.files import list_file
from jieqing.plumbing.listing.picked import Picked, picked_of
from jieqing.plumbing.listing.sheet import Chip, Search, Sheet, open_sheet

__all__ = [
    "Asked",
    "BulkAction",
    "Chip",
    "Column",
    "Listing",
    "Picked",
    "Search",
    "Sheet",
    "asked_of",
    "list_file",
    "listing_by_name",
    "open_sheet",
    "picked_of",
]
