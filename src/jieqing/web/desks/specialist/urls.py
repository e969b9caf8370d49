from django.urls import path

from jieqing.web.desks.specialist.views import desk

urlpatterns = [path("", desk, name="specialist-desk")]
