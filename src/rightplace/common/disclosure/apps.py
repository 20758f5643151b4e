"""The disclosure app."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """What was shared or refused, and why."""

    name = "rightplace.common.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.disclosure import policy, projections
        from rightplace.foundation.journal.projecting import register_projection

        register_projection(projections.SHARINGS)
        policy.register()
