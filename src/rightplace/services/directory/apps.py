"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The service directory: organisations, services, who may come, places, cost; and asking a provider for a place."""

    name = "rightplace.services.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
