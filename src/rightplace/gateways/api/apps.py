"""The partners' API as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Concerns from agencies' own systems."""

    name = "rightplace.gateways.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.gateways.api import policy

        policy.register()
