"""The protection app."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Strategy discussions: called, held with their quorum, minuted, their actions followed."""

    name = "rightplace.services.protection"
    label = "protection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.services.protection import policy, projections

        for projection in projections.OWN:
            register_projection(projection)
        policy.register()
