"""The fixtures of every test, wherever it lies. What they do is said in ``jieqing/plumbing/testing``."""

pytest_plugins = ("jieqing.plumbing.testing.databases", "jieqing.plumbing.testing.network")
