"""The partners app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """A partner's own pages: a school's page, and what an agency was given and gave."""

    name = "rightplace.overview.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.overview.partners import policy, waiting

        policy.register()
        register_waits(*waiting.OWN)
