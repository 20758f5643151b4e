"""The directory app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The service directory: organisations, services, who may come, places, cost; and asking a provider for a place."""

    name = "rightplace.services.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_following
        from rightplace.common.caseflow.waits import register_team_waits, register_waits
        from rightplace.foundation.journal.outbox import register_task
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.services.directory import letters, policy, projections, waits

        for projection in projections.OWN:
            register_projection(projection)
        policy.register()
        register_waits(*waits.OWN)
        register_team_waits(*waits.OF_A_TEAM)
        for task in letters.SUBJECTS:
            register_task(task, letters.written_for(task))
        register_following("Places asked for", waits.of_teams, ["directory.ServiceRequest.team"])
