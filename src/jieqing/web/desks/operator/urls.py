from django.urls import path

from jieqing.web.desks.operator.views import desk

urlpatterns = [path("", desk, name="operator-desk")]
