"""The protection app."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Strategy discussions: called, held with their quorum, minuted, their actions followed."""

    name = "rightplace.services.protection"
    label = "protection"
    default_auto_field = "django.db.models.BigAutoField"
