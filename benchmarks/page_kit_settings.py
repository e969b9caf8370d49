"""The platform's settings with one address more: the same list with rows that are already there."""

from jieqing.web.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.page_kit_urls"
