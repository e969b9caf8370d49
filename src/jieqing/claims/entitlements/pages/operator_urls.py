"""The operator's page of the LPR, outside any site."""

from django.urls import path

from jieqing.claims.entitlements.pages import lpr

urlpatterns = [
    path("operator/lpr/", lpr.lpr, name="operator-lpr"),
    path("operator/lpr/propose/", lpr.propose, name="operator-lpr-propose"),
    path("operator/lpr/confirm/", lpr.confirm, name="operator-lpr-confirm"),
]
