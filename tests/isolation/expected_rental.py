"""What each of the cast gets at the addresses of a rental; statuses as in ``expected``."""

# A page of the site's owners, and one that only takes POST from them.
OWNERS = (200, 403, 404, 403, 403, 302)
POST_ONLY = (405, 403, 404, 403, 403, 302)

RENTAL: dict[str, tuple[int, ...]] = {
    "rent/": (200,) * 6,
    # Nothing was begun: back to the first page, or to one's own sites.
    "rent/account/": (302,) * 6,
    # The cast runs no platform: nobody learns that these pages exist.
    "operator/words/": (404,) * 5 + (302,),
    **{
        f"operator/sites/{page}": (404,) * 5 + (302,)
        for page in (
            "",
            "<slug:slug>/",
            "<slug:slug>/decide/",
            "<slug:slug>/received/",
            "<slug:slug>/licence/",
        )
    },
    **{
        f"s/<slug:site_slug>/rental/{page}": OWNERS
        for page in (
            "",
            "papers/",
            "filing/",
            "account/",
            "look/",
            "look/preview/",
            "agreement/",
            "submit/",
            "domains/",
            "rent/",
            "export/",
        )
    },
    "s/<slug:site_slug>/rental/step/": POST_ONLY,
    "s/<slug:site_slug>/rental/domains/<uuid:domain_id>/verify/": POST_ONLY,
    "s/<slug:site_slug>/rental/domains/<uuid:domain_id>/end/": POST_ONLY,
    # Asked for, and no worker runs here to make it.
    "s/<slug:site_slug>/rental/export/<uuid:export_id>/": (409, 403, 404, 403, 403, 302),
}
