"""Addresses of conversion, below ``/s/<site>/``."""

from django.urls import path

from jieqing.claims.exchange.pages import exchange

urlpatterns = [
    path("ledger/exchange/", exchange.exchange, name="exchange"),
    path("ledger/exchange/rates/new/", exchange.rate_new, name="rate-new"),
]
