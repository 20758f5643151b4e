"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Attachments, sealed in the database."""

    name = "rightplace.common.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
