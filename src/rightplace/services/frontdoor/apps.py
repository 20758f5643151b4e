"""The front door app."""

from django.apps import AppConfig


class FrontdoorConfig(AppConfig):
    """Contacts, checks, decisions."""

    name = "rightplace.services.frontdoor"
    label = "frontdoor"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.services.frontdoor import policy, projections

        for projection in projections.OWN:
            register_projection(projection)
        policy.register()
