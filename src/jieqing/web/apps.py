from django.apps import AppConfig

from jieqing.plumbing.vocabulary import SubjectWords, say_actions, say_subjects


class WebConfig(AppConfig):
    name = "jieqing.web"
    label = "web"

    def ready(self) -> None:
        # Wired at the start of every process: web, worker, sequencer and command line.
        from jieqing.web import subscriptions

        subscriptions.wire()
        say_actions(
            {
                "web.operations.backed_up": ("备份", "Backed up"),
                "web.operations.restored": ("从备份恢复", "Restored from a backup"),
            }
        )
        say_subjects({"web.operations.platform": SubjectWords("平台", "Platform")})
