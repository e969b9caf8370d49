"""What each of the cast gets at the addresses of deadlines and valuation; statuses as in ``expected``."""

# Every working member reads; only those who may write see the second, and the third takes POST alone.
READ = (200, 200, 404, 403, 403, 302)
POST_ONLY = (405, 403, 404, 403, 403, 302)

WORTH: dict[str, tuple[int, ...]] = {
    "s/<slug:site_slug>/deadlines/": READ,
    "s/<slug:site_slug>/deadlines.csv": READ,
    "s/<slug:site_slug>/deadlines.ics": READ,
    "s/<slug:site_slug>/deadlines/items/<uuid:item_id>/": READ,
    "s/<slug:site_slug>/deadlines/items/<uuid:item_id>/watch/": POST_ONLY,
    "s/<slug:site_slug>/deadlines/items/<uuid:item_id>/acts/": POST_ONLY,
    "s/<slug:site_slug>/deadlines/debtors/<uuid:debtor_id>/": READ,
    "s/<slug:site_slug>/deadlines/debtors/<uuid:debtor_id>/watch/": POST_ONLY,
    "s/<slug:site_slug>/deadlines/watches/<uuid:watch_id>/end/": POST_ONLY,
    "s/<slug:site_slug>/deadlines/acts/<uuid:limitation_act_id>/end/": POST_ONLY,
    "s/<slug:site_slug>/valuation/ratings/": READ,
    "s/<slug:site_slug>/valuation/ratings.csv": READ,
    "s/<slug:site_slug>/valuation/ratings.xlsx": READ,
    "s/<slug:site_slug>/valuation/ratings/<uuid:debtor_id>/": READ,
    "s/<slug:site_slug>/valuation/ratings/<uuid:debtor_id>/history.csv": READ,
    "s/<slug:site_slug>/valuation/ratings/<uuid:debtor_id>/history.xlsx": READ,
    "s/<slug:site_slug>/valuation/limits/<uuid:debtor_id>/": READ,
    "s/<slug:site_slug>/valuation/limits/<uuid:debtor_id>/set/": POST_ONLY,
    "s/<slug:site_slug>/valuation/limits/<uuid:debtor_id>/override/": POST_ONLY,
    "s/<slug:site_slug>/valuation/limits/<uuid:limit_id>/end/": POST_ONLY,
    "s/<slug:site_slug>/valuation/series/": READ,
    "s/<slug:site_slug>/valuation/series/desk/": READ,
    "s/<slug:site_slug>/valuation/series.csv": READ,
    "s/<slug:site_slug>/valuation/series.xlsx": READ,
    "s/<slug:site_slug>/valuation/loss/": READ,
    "s/<slug:site_slug>/valuation/loss/backtest/": READ,
    "s/<slug:site_slug>/valuation/loss/bucket/": READ,
    "s/<slug:site_slug>/valuation/alarms/": READ,
    "s/<slug:site_slug>/valuation/revalue/": POST_ONLY,
    "s/<slug:site_slug>/valuation/decisions/": POST_ONLY,
    "s/<slug:site_slug>/valuation/decisions/<uuid:decision_id>/end/": POST_ONLY,
}
