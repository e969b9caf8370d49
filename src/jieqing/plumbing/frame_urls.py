"""Addresses of the frame below ``/s/<site>/``: the palette, the bell and its page."""

from django.urls import path

from jieqing.plumbing import notifications, palette

urlpatterns = [
    path("palette/", palette.palette, name="palette"),
    path("notifications/", notifications.page, name="notifications"),
    path("notifications/bell/", notifications.bell, name="bell"),
]
