from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "jieqing.plumbing"
    label = "plumbing"
    verbose_name = "plumbing"
