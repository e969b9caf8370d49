"""Offline verifier of Jieqing evidence bundles; ``check.verify_bundle`` is the whole of it as a function."""

from jieqing_verify.check import verify_bundle
from jieqing_verify.policy import read_policy
from jieqing_verify.result import Invalid, Level, Verdict

__all__ = ["Invalid", "Level", "Verdict", "read_policy", "verify_bundle"]
