"""`rightplace manage`: Django's own commands, with the database up; what changes tables runs as the owner."""

import typer

from rightplace.gateways.cli.room import open_room

AS_OWNER = frozenset({"migrate", "sqlmigrate", "sqlflush", "showmigrations"})


def register(app: typer.Typer) -> None:
    """Add `rightplace manage`."""
    anything = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
    app.command("manage", context_settings=anything)(manage)


def manage(context: typer.Context) -> None:
    """Run one of Django's commands, such as makemigrations or shell."""
    arguments = list(context.args)
    if arguments and arguments[0] in AS_OWNER and not any(a.startswith("--database") for a in arguments):
        arguments.append("--database=owner")
    with open_room():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["rightplace manage", *arguments])
