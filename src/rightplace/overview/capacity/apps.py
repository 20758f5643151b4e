"""The capacity app."""

from django.apps import AppConfig


class CapacityConfig(AppConfig):
    """What happens if: questions to the capacity model, and its answers."""

    name = "rightplace.overview.capacity"
    label = "capacity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.overview.capacity import policy

        policy.register()
