from django.urls import path

from jieqing.web.desks.finance.views import desk

urlpatterns = [path("", desk, name="finance-desk")]
