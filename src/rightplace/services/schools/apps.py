"""The schools app."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Schools and their link people: who it is each day, what they are asked and how fast they answer."""

    name = "rightplace.services.schools"
    label = "schools"
    default_auto_field = "django.db.models.BigAutoField"
