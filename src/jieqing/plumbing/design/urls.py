from django.urls import path

from jieqing.plumbing.design.views import design

urlpatterns = [path("", design, name="design")]
