from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "jieqing.estate.sites"
    label = "sites"
    verbose_name = "站点"
