from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "jieqing.claims.parties"
    label = "parties"
    verbose_name = "parties"
