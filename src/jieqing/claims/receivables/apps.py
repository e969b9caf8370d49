from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "jieqing.claims.receivables"
    label = "receivables"
    verbose_name = "receivables"
