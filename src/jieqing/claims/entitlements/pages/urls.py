"""The public calculators of a site, below ``/s/<site>/``."""

from django.urls import path

from jieqing.claims.entitlements.pages.deadline_calculator import deadline_calculator, guarantee_calculator
from jieqing.claims.entitlements.pages.fee_calculator import fee_calculator
from jieqing.claims.entitlements.pages.index import calculators
from jieqing.claims.entitlements.pages.jurisdiction_calculator import jurisdiction_calculator
from jieqing.claims.entitlements.pages.limitation_calculator import limitation_calculator
from jieqing.claims.entitlements.pages.owed_calculator import owed_calculator

urlpatterns = [
    path("calculators/", calculators, name="calculators"),
    path("calculators/owed/", owed_calculator, name="calculator-owed"),
    path("calculators/fees/", fee_calculator, name="calculator-fees"),
    path("calculators/limitation/", limitation_calculator, name="calculator-limitation"),
    path("calculators/deadlines/", deadline_calculator, name="calculator-deadlines"),
    path("calculators/jurisdiction/", jurisdiction_calculator, name="calculator-jurisdiction"),
    path("calculators/guarantee/", guarantee_calculator, name="calculator-guarantee"),
]
