"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The service directory: organisations, services, who may come, places, cost; and asking a provider for a place."""

    name = "rightplace.services.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.services.directory import policy, projections

        for projection in projections.OWN:
            register_projection(projection)
        policy.register()
