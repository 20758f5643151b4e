"""The caseflow app: hand-overs between teams and workers."""

from django.apps import AppConfig


class CaseflowConfig(AppConfig):
    """Offer, accept, allocate, close."""

    name = "rightplace.common.caseflow"
    label = "caseflow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow import leaving, moving, policy, projections
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.foundation.organisation import hooks

        register_projection(projections.OFFERS)
        policy.register()
        hooks.register_leaving(leaving.worker_left)
        hooks.register_open_with(moving.open_with)
