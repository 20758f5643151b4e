"""The assessment app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """The assessment: started, written, authorised by somebody else, ended in a decision."""

    name = "rightplace.services.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"
