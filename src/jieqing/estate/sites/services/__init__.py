"""Verbs of the rental: open a site, fill in its papers, move it through its states."""

from jieqing.estate.sites.services.appearance import set_appearance
from jieqing.estate.sites.services.opening import create_site

__all__ = ["create_site", "set_appearance"]
