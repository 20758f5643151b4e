"""The front door app."""

from functools import partial
from pathlib import Path

from django.apps import AppConfig


class FrontdoorConfig(AppConfig):
    """Contacts, checks, decisions."""

    name = "rightplace.services.frontdoor"
    label = "frontdoor"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.services.frontdoor import goingon, policy, projected_triage, projections, waits

        for projection in (*projections.OWN, projected_triage.TRIAGES):
            register_projection(projection)
        policy.register()
        register_waits(*waits.OWN)
        goingon.register()
        self._register_intake()

    def _register_intake(self) -> None:
        """What is asked of those who tell, where they go, and what they are written."""
        from rightplace.common.questions.sets import register_file
        from rightplace.common.web.frame import register_links
        from rightplace.foundation.journal.outbox import register_task
        from rightplace.services.frontdoor import letters, navigation

        for name in ("concern_professional", "concern_public", "concern_telephone", "check_answer"):
            register_file(Path(__file__).parent / "asked" / f"{name}.toml")
        register_links(navigation.intake_links)
        for task in letters.SUBJECTS:
            register_task(task, partial(letters.write_to_sender, task))
        register_task("check.asked", letters.write_to_asked)
        register_task("triage.opened", letters.write_to_table)
