from tests.contracts.hooked import hooked, told
from tests.isolation.conftest import filled_sites, foreign_ids, known_ids

__all__ = ["filled_sites", "foreign_ids", "hooked", "known_ids", "told"]
