from django.urls import path

from jieqing.plumbing.design import views

urlpatterns = [
    path("", views.design, name="design"),
    path("board/", views.board, name="design-board"),
    path("palette/", views.palette, name="design-palette"),
    path("bell/", views.bell, name="design-bell"),
    path("theme.css", views.theme, name="design-theme"),
    path("progress/", views.progress, name="design-progress"),
    path("progress/stream/", views.progress_stream, name="design-progress-stream"),
]
