"""The workforce app."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Establishment, workload in hours, and who says to be full."""

    name = "rightplace.services.workforce"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.advice import register_advice
        from rightplace.common.caseflow.onpages import register_child_links
        from rightplace.common.caseflow.seenfirst import WEEK, ComputedView, register_computed
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.services.workforce import goingon, onpages, policy, registrations, waits
        from rightplace.services.workforce.allocating.advising import advice_on

        policy.register()
        goingon.register()
        register_computed(
            ComputedView(
                "workforce.load", "The workload of a week", WEEK, "workforce:my-work",
                ("workforce:team-load", "workforce:waiting", "workforce:moves-asked", "caseflow:worker"),
                counted="rightplace.services.workforce.queries.carried",
            )
        )  # fmt: skip
        register_waits(*waits.OWN, *registrations.OWN)
        register_advice(advice_on)
        register_child_links(onpages.child_links)
