"""The protection app."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Strategy discussions: called, held with their quorum, minuted, their actions followed."""

    name = "rightplace.services.protection"
    label = "protection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_following
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.foundation.journal.outbox import register_task
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.services.protection import letters, policy, projections, waits

        for projection in projections.OWN:
            register_projection(projection)
        policy.register()
        register_waits(*waits.OWN)
        register_task("strategy.called", letters.tell_called)
        register_following("Strategy discussions", waits.of_teams, ["protection.Strategy.team"])
