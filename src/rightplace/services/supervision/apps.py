"""The supervision app."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Sessions of supervision, their sealed personal part, cover, and assurance for the manager of managers."""

    name = "rightplace.services.supervision"
    label = "supervision"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.common.caseflow import onpages
        from rightplace.common.caseflow.waits import register_waits
        from rightplace.foundation.organisation.establishment.hooks import register_supervisees
        from rightplace.services.supervision import goingon, lines, onteam, policy, waits

        policy.register()
        register_waits(*waits.OWN)
        goingon.register()
        register_supervisees(lines.supervisees)
        onpages.register_team_section(onteam.workers_section, 70)
        onpages.register_child_links(onteam.child_links)
