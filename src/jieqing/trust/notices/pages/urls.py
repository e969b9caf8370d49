from django.urls import path

from jieqing.trust.notices.pages import views

urlpatterns = [
    path("s/<slug:site_slug>/notices/", views.outbox, name="notices"),
    path("s/<slug:site_slug>/notices/<uuid:notice_id>/", views.notice, name="notice"),
]
