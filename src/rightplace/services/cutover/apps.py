"""The cutover app."""

from django.apps import AppConfig


class CutoverConfig(AppConfig):
    """Every child of a team that dissolves goes on with an accountable team."""

    name = "rightplace.services.cutover"
    label = "cutover"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.services.cutover import movings, policy, waits

        policy.register()
        movings.register()
        register_waits(*waits.OWN)
