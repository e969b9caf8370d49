"""Addresses of lists below ``/s/<site>/``: a person's columns and views. The lists themselves belong to rooms."""

from django.urls import path

from jieqing.plumbing.listing import views

urlpatterns = [
    path("lists/columns/", views.choose_columns, name="list-columns"),
    path("lists/views/", views.keep_view, name="list-views"),
    path("lists/views/<uuid:view_id>/end/", views.drop_view, name="list-view-end"),
    path("lists/views/<uuid:view_id>/restore/", views.bring_back_view, name="list-view-restore"),
    path("lists/views/<uuid:view_id>/share/", views.share_view, name="list-view-share"),
]
