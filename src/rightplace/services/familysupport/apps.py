"""The familysupport app."""

from pathlib import Path

from django.apps import AppConfig


class FamilysupportConfig(AppConfig):
    """Early help: the whole-family assessment, the team around the family, its plan, reviews and what changed."""

    name = "rightplace.services.familysupport"
    label = "familysupport"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow import accepting, onpages
        from rightplace.common.caseflow.moving import register_following, register_signing
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.common.questions.sets import register_file
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.foundation.organisation import hooks
        from rightplace.services.familysupport import handing, onteam, policy, projections, waits

        for projection in projections.OWN:
            register_projection(projection)
        policy.register()
        register_waits(*waits.OWN)
        accepting.register_accepting(handing.ends_with_a_step_up)
        hooks.register_leaving(handing.lead_left)
        register_signing(handing.led_on)
        register_following("Family support that goes on", handing.of_teams, ["familysupport.Support.team"])
        onpages.register_team_section(onteam.families_section, 10)
        onpages.register_child_links(onteam.child_links)
        register_file(Path(__file__).parent / "asked" / "whole_family.toml")
