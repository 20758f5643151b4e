"""The demonstration app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A synthetic city, the guided strip, choosing whom to be."""

    name = "rightplace.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
