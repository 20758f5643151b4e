"""The signals app."""

from django.apps import AppConfig


class SignalsConfig(AppConfig):
    """Finding children early: what partners already know, joined per family, put before a person."""

    name = "rightplace.services.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.services.signals import policy, sources, waits

        policy.register()
        register_waits(*waits.OWN)
        sources.register_source(sources.EARLIER_CONTACT, sources.earlier_contacts)
