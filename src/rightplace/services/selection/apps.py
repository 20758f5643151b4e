"""The selection app."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """Pools, preferences, panels, matching, letters, appeals and trial periods of a programme."""

    name = "rightplace.services.selection"
    label = "selection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_record
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.foundation.organisation.programme import hooks
        from rightplace.services.selection import evidence, policy, publishing, waits

        policy.register()
        register_waits(*waits.OWN)
        hooks.register_evidence(evidence.shown)
        hooks.register_outcomes(evidence.outcomes)
        hooks.register_figures(evidence.figures)
        hooks.register_own_lines(evidence.own_lines)
        hooks.register_published(publishing.publish_letters)
        register_record(
            "A team of the new structure, for which people are chosen.",
            "selection.Job.team",
            "selection.Mix.team",
        )
