"""Reads of valuation, for pages, API and commands; everything runs inside ``site_scope``."""

from jieqing.claims.valuation.selectors.losses import Loss, loss_statements, losses
from jieqing.claims.valuation.selectors.ratings import RatingNow, ratings_now

__all__ = ["Loss", "RatingNow", "loss_statements", "losses", "ratings_now"]
