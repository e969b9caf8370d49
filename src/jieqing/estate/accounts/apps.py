from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jieqing.estate.accounts"
    label = "accounts"
    verbose_name = "人员"
