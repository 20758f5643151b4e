"""The workforce app."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Establishment, workload in hours, and who says to be full."""

    name = "rightplace.services.workforce"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.services.workforce import policy, waits

        policy.register()
        register_waits(*waits.OWN)
