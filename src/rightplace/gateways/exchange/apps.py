"""The exchange app: what other systems send, taken into the journal."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Returns and imports."""

    name = "rightplace.gateways.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_record
        from rightplace.gateways.exchange import policy

        policy.register()
        register_record("Into which team a return was taken.", "exchange.Import.team")
