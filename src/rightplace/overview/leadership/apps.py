"""The leadership app."""

from django.apps import AppConfig


class LeadershipConfig(AppConfig):
    """The three questions, and every figure with its list."""

    name = "rightplace.overview.leadership"
    label = "leadership"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.overview.leadership import policy

        policy.register()
