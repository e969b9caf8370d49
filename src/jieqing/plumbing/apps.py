from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "jieqing.plumbing"
    label = "plumbing"
    verbose_name = "plumbing"

    def ready(self) -> None:
        from jieqing.plumbing.catalogues import compile_stale

        compile_stale()
