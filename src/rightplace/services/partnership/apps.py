"""The partnership app."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    """The partnership: its board, commitments by agency, meetings, disputes, pilots."""

    name = "rightplace.services.partnership"
    label = "partnership"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.services.partnership import goingon, policy

        policy.register()
        goingon.register()
