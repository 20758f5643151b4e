"""The signals app."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Finding children early: what partners already know, joined per family, put before a person."""

    name = "rightplace.services.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"
