from django.urls import path

from jieqing.web.desks.rental import views

urlpatterns = [
    path("rent/", views.start, name="rent"),
    path("rent/account/", views.account, name="rent-account"),
]
