from django.urls import path

from jieqing.estate.sites.pages import appearance

urlpatterns = [
    path("theme/<str:name>", appearance.sheet, name="theme-sheet"),
    path("s/<slug:site_slug>/logo/<slug:digest>", appearance.logo, name="site-logo"),
]
