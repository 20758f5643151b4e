"""The recruitment app."""

from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    """Vacancies on their way to a first day, and retention."""

    name = "rightplace.services.recruitment"
    label = "recruitment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_record
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.services.recruitment import policy, waits

        policy.register()
        register_waits(*waits.OWN)
        register_record(
            "Which teams had an initiative: the comparison holds for those.", "recruitment.Initiative.teams"
        )
