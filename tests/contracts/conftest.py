from tests.isolation.conftest import filled_sites, foreign_ids, known_ids

__all__ = ["filled_sites", "foreign_ids", "known_ids"]
