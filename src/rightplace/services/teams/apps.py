"""The teams app."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    """Teams, people and memberships, as an administrator keeps them."""

    name = "rightplace.services.teams"
    label = "teams"

    def ready(self) -> None:
        from rightplace.services.teams import policy

        policy.register()
