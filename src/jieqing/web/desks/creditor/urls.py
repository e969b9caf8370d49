from django.urls import path

from jieqing.web.desks.creditor.views import desk

urlpatterns = [path("", desk, name="desk")]
