from tests.contracts.hooked import hooked, told
from tests.isolation.conftest import foreign_ids, known_ids

__all__ = ["foreign_ids", "hooked", "known_ids", "told"]
