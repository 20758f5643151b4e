"""The organisation app."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Areas, agencies, schools, teams, workers, memberships and the rota."""

    name = "rightplace.foundation.organisation"
    label = "organisation"
    verbose_name = "Organisation"
    default_auto_field = "django.db.models.BigAutoField"
