from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "jieqing.plumbing"
    label = "plumbing"
    verbose_name = "plumbing"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from jieqing.plumbing.catalogues import compile_stale
        from jieqing.plumbing.db.backup_policy import lay_after_migrations

        compile_stale()
        # Sent once for each app when all migrations are done: one of them is enough.
        post_migrate.connect(lay_after_migrations, sender=self, dispatch_uid="backup_policy")
