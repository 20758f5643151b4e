"""The signals app."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Finding children early: what partners already know, joined per family, put before a person."""

    name = "rightplace.services.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_record
        from rightplace.common.caseflow.waits import register_team_waits, register_waits
        from rightplace.services.signals import policy, sources, waits

        policy.register()
        register_waits(*waits.OWN)
        register_team_waits(*waits.OF_A_TEAM)
        sources.register_source(sources.EARLIER_CONTACT, sources.earlier_contacts)
        register_record("What was seen and decided, and by whom.", "signals.Noted.team")
