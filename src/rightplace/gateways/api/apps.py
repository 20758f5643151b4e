"""The partners' API as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """What agencies' own systems send and fetch, and what they are told."""

    name = "rightplace.gateways.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_record
        from rightplace.gateways.api import policy
        from rightplace.gateways.api.webhooks import events

        policy.register()
        events.register()
        register_record("A key works only while its membership holds.", "api.ApiToken.membership")
