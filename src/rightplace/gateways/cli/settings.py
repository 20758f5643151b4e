"""`rightplace settings`: what is in force, secrets as the paths to their files."""

import typer

from rightplace import configuration
from rightplace.gateways.cli.room import AsJson, answer


def register(app: typer.Typer) -> None:
    """Add `rightplace settings`."""
    app.command("settings")(settings)


def settings(as_json: AsJson = False) -> None:
    """Print the settings in force, and the file that they may be written in."""
    told = configuration.in_force() | {"file": str(configuration.settings_file())}
    answer(
        told,
        as_json,
        "\n".join(f"{name} = {value if value is not None else 'not set'}" for name, value in told.items()),
    )
