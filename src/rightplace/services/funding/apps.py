"""The funding app."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Partner funding: agreements by year, contributions due and paid, unit costs, statements."""

    name = "rightplace.services.funding"
    label = "funding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_record
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.services.funding import policy, projections

        register_projection(projections.TIME)
        policy.register()
        register_record("What was done, and for which team it was paid.", "funding.TimeOfChild.team")
        register_record("What a team might spend in a year.", "funding.Budget.team")
