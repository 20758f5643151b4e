"""The journal app: its projections, and the check that no team ends while it answers for a child."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Files, entries, seals, projections."""

    name = "rightplace.foundation.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.foundation.journal import policy, projecting

        for projection in projecting.OWN:
            projecting.register_projection(projection)
        policy.register()
