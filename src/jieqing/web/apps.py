from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jieqing.web"
    label = "web"

    def ready(self) -> None:
        # Wired at the start of every process: web, worker, sequencer and command line.
        from jieqing.web import subscriptions

        subscriptions.wire()
