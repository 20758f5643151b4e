"""The familysupport app."""

from django.apps import AppConfig


class FamilysupportConfig(AppConfig):
    """Early help: the whole-family assessment, the team around the family, its plan, reviews and what changed."""

    name = "rightplace.services.familysupport"
    label = "familysupport"
    default_auto_field = "django.db.models.BigAutoField"
