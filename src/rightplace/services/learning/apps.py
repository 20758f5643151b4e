"""The learning app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Courses, requirements, first years and career steps."""

    name = "rightplace.services.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.seenfirst import register_computed
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.services.learning import firstyear, policy, waits

        policy.register()
        register_waits(*waits.OWN)
        register_computed(firstyear.LOAD)
