"""The performance app."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """Objectives, recognition, informal and formal support."""

    name = "rightplace.services.performance"
    label = "performance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_record
        from rightplace.common.caseflow.seenfirst import register_computed
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.services.performance import figures, policy, waits

        policy.register()
        register_waits(*waits.OWN)
        register_computed(figures.MONTH_OF_WORK)
        register_record("In which team somebody was thanked.", "performance.Thanks.team")
