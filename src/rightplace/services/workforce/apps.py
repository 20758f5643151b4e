"""The workforce app."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Establishment, workload in hours, and who says to be full."""

    name = "rightplace.services.workforce"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.seenfirst import WEEK, ComputedView, register_computed
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.services.workforce import policy, waits

        policy.register()
        register_computed(
            ComputedView(
                "workforce.load", "The workload of a week", WEEK, "workforce:my-work", ("workforce:team-load",),
                live="Whoever allocates a child must know now who is full; the worker has the same hours on My work.",
            )
        )  # fmt: skip
        register_waits(*waits.OWN)
