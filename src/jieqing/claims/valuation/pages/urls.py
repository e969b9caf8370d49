"""Addresses of valuation below ``/s/<site>/``."""

from django.urls import path

from jieqing.claims.valuation.pages import (
    acting,
    alarms,
    limits,
    loss,
    loss_backtest,
    loss_bucket,
    rating_history,
    rating_list,
    series,
)

urlpatterns = [
    path("valuation/ratings/", rating_list.ratings, name="ratings"),
    path("valuation/ratings.csv", rating_list.ratings_export, name="ratings-export"),
    path("valuation/ratings.xlsx", rating_list.ratings_export, {"kind": "xlsx"}, name="ratings-workbook"),
    path("valuation/ratings/<uuid:debtor_id>/", rating_history.rating, name="rating"),
    path(
        "valuation/ratings/<uuid:debtor_id>/history.csv",
        rating_history.rating_file,
        {"file": "csv"},
        name="rating-csv",
    ),
    path(
        "valuation/ratings/<uuid:debtor_id>/history.xlsx",
        rating_history.rating_file,
        {"file": "xlsx"},
        name="rating-xlsx",
    ),
    path("valuation/loss/", loss.loss, name="loss"),
    path("valuation/loss/backtest/", loss_backtest.loss_backtest, name="loss-backtest"),
    path("valuation/loss/bucket/", loss_bucket.loss_bucket, name="loss-bucket"),
    path("valuation/alarms/", alarms.alarms, name="alarms"),
    path("valuation/limits/<uuid:debtor_id>/", limits.limits, name="limits"),
    path("valuation/limits/<uuid:debtor_id>/set/", limits.set_limit, name="limit-set"),
    path("valuation/limits/<uuid:debtor_id>/override/", limits.override_limit, name="limit-override"),
    path("valuation/limits/<uuid:limit_id>/end/", limits.end_limit, name="limit-end"),
    path("valuation/series/", series.series, name="series"),
    path("valuation/series/desk/", series.series_on_desk, name="series-desk"),
    path("valuation/series.csv", series.series_file, {"file": "csv"}, name="series-csv"),
    path("valuation/series.xlsx", series.series_file, {"file": "xlsx"}, name="series-xlsx"),
    path("valuation/revalue/", acting.revalue, name="revalue"),
    path("valuation/decisions/", acting.decide, name="decide"),
    path("valuation/decisions/<uuid:decision_id>/end/", acting.end, name="decision-end"),
]
