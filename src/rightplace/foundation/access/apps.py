"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The only gate to what is recorded."""

    name = "rightplace.foundation.access"
    label = "access"
    verbose_name = "Access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.foundation.access import policy

        policy.register()
