"""Reads of valuation, for pages, API and commands; everything runs inside ``site_scope``."""

from jieqing.claims.valuation.selectors.kept import (
    Distribution,
    RatingsPage,
    alarm_count,
    alarms,
    book_ratings,
    current_ratings,
    distribution,
    last_run,
    rating_history,
    ratings_page,
)
from jieqing.claims.valuation.selectors.limits import (
    limit_history,
    limit_state,
    limit_states,
    live_limits,
)
from jieqing.claims.valuation.selectors.loss_parts import loss_backtest, rolls_by_month
from jieqing.claims.valuation.selectors.losses import Loss, loss_statements, losses
from jieqing.claims.valuation.selectors.ratings import RatingNow, ratings_now
from jieqing.claims.valuation.selectors.series import series

__all__ = [
    "Distribution",
    "Loss",
    "RatingNow",
    "RatingsPage",
    "alarm_count",
    "alarms",
    "book_ratings",
    "current_ratings",
    "distribution",
    "last_run",
    "limit_history",
    "limit_state",
    "limit_states",
    "live_limits",
    "loss_backtest",
    "loss_statements",
    "losses",
    "rating_history",
    "ratings_now",
    "ratings_page",
    "rolls_by_month",
    "series",
]
