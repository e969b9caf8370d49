"""Addresses that belong to no site: the only ones that may answer without one."""

# Addresses outside any site, each with the reason why it shows nothing of one.
OUTSIDE_SITES = {
    "": "the choice among one's own sites",
    "health": "says that the process and its database answer",
    "health/live": "says that the process answers",
    "metrics": "counts of the platform as a whole, for its monitoring system",
    "operations/": "the state of the platform's machinery, for its operator",
    **{
        f"operator/lpr/{page}": "the LPR is public; the platform's operator vouches for it"
        for page in ("", "propose/", "confirm/")
    },
    "operator/words/": "words that sites show to everybody, for the platform's operator",
    "api/docs/": "says what programs could do, the same for everybody",
    "language/": "sets a cookie",
    "sign-in/": "precedes everything",
    "sign-out/": "ends the session",
    "account/activity/": "one's own sessions and sign-ins",
    "account/sessions/<uuid:session_id>/end/": "one's own session; another person's is not found",
    "account/password/": "one's own password",
    "account/password/forgotten/": "says the same whoever is named",
    "account/password/reset/<str:secret>/": "precedes sign-in; opens for whoever read the mailbox",
    "account/confirm/": "one's own password, asked again",
    **{
        f"account/security/{page}": "one's own sign-in methods"
        for page in (
            "",
            "authenticate/",
            "reauthenticate/",
            "totp/activate/",
            "totp/deactivate/",
            "recovery-codes/",
            "recovery-codes/generate/",
            "recovery-codes/download/",
            "webauthn/",
            "webauthn/add/",
            "webauthn/reauthenticate/",
            "webauthn/keys/<int:pk>/remove/",
            "webauthn/keys/<int:pk>/edit/",
            "webauthn/login/",
        )
    },
    "invitation/<str:token>/": "precedes membership; shows one invitation to whoever holds its secret",
    "theme/<str:name>": "a stylesheet that follows from the colour in its name; knows no site",
    "rent/": "before there is a site",
    "rent/account/": "before there is a site",
    **{
        f"operator/sites/{page}": "the platform's operator, appointed on the machine; each look stands in the site's evidence"
        for page in (
            "",
            "<slug:slug>/",
            "<slug:slug>/decide/",
            "<slug:slug>/received/",
            "<slug:slug>/licence/",
        )
    },
    "design/": "the living page of the component kit; not served in production",
    **{
        f"design/{page}": "an example of the kit; not served in production"
        for page in ("board/", "palette/", "bell/", "theme.css")
    },
    "design/progress/": "an example of the kit; not served in production",
    "design/progress/stream/": "an example of the kit; not served in production",
}
