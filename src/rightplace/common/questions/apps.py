"""The questions app."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """Forms as data, and drafts."""

    name = "rightplace.common.questions"
    label = "questions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.questions import policy

        policy.register()
