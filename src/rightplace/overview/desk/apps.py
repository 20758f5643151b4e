"""The desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """My day, a child's story, why is this due, team, search."""

    name = "rightplace.overview.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.overview.desk import policy

        policy.register()
