"""The fixtures of every test, wherever it lies. What they do is said in ``jieqing/plumbing/testing``."""

from hypothesis import settings

pytest_plugins = (
    "jieqing.plumbing.testing.databases",
    "jieqing.plumbing.testing.network",
    "jieqing.trust.evidence.testing.guard",
    "tests.cast",
    "tests.filled",
    "tests.query_counts",
)

# A property is true or false; how long a busy machine takes to see it is no part of it.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")
