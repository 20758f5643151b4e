"""The assessment app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Assessments: started, written, authorised by somebody else, ending in a decision."""

    name = "rightplace.services.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.services.assessment import policy, projections, waits

        register_projection(projections.ASSESSMENTS)
        policy.register()
        register_waits(*waits.OWN)
