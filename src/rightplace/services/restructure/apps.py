"""The restructure app."""

from django.apps import AppConfig


class RestructureConfig(AppConfig):
    """A programme of change from its first flaw to the first day."""

    name = "rightplace.services.restructure"
    label = "restructure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.foundation.organisation.programme.hooks import (
            register_publication_day,
            register_publication_gate,
        )
        from rightplace.services.restructure import policy, queries, waits

        policy.register()
        register_waits(*waits.OWN)
        register_publication_gate(queries.stands_against)
        register_publication_day(queries.published_on)
