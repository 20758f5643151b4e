"""The schools app."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Schools and their link people: who it is each day, what they are asked and how fast they answer."""

    name = "rightplace.services.schools"
    label = "schools"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow import onpages
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.foundation.journal.outbox import register_task
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.services.schools import goingon, letters, onteam, policy, projections, waits

        register_projection(projections.QUESTIONS)
        policy.register()
        register_waits(*waits.OWN)
        goingon.register()
        onpages.register_team_section(onteam.schools_section, 60)
        onpages.register_answer_times(onteam.board_times)
        for task in letters.SUBJECTS:
            register_task(task, letters.written_for(task))
