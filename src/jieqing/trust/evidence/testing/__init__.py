"""For the tests of the whole house: no step without evidence, and a log to publish in.

``guard`` is loaded as a pytest plugin by the root ``conftest.py``; ``exemptions`` is the one reasoned list; ``publish_all``
runs a sequencer over what waits. Imported by tests only.
"""

from jieqing.trust.evidence.testing.publish import publish_all

__all__ = ["publish_all"]
