"""The teams app."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    """Teams, people and memberships, as an administrator keeps them."""

    name = "rightplace.services.teams"
    label = "teams"

    def ready(self) -> None:
        from rightplace.common.caseflow.moving import register_record
        from rightplace.services.teams import policy

        policy.register()
        register_record("What a team was called before.", "teams.TeamChange.team")
