"""The table of bank profiles, read once from the file beside the engine."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from jieqing.claims.receipts.engine.profiles import Profile, load_profiles


@cache
def bank_profiles() -> Mapping[str, Profile]:
    text = resources.files("jieqing.claims.receipts.engine").joinpath("bank_profiles.toml")
    return load_profiles(text.read_text(encoding="utf-8"))
