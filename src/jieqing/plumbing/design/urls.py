from django.urls import path

from jieqing.plumbing.design import views

urlpatterns = [
    path("", views.design, name="design"),
    path("progress/", views.progress, name="design-progress"),
    path("progress/stream/", views.progress_stream, name="design-progress-stream"),
]
