"""Finds the commands and runs one; turns what they raise into a sentence and an exit code."""

import pkgutil
import sys
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec

import typer
from pydantic import ValidationError

from rightplace import __version__
from rightplace.dbserver import ServerRefused
from rightplace.gateways import cli
from rightplace.gateways.cli.room import DoesNotHold, UsedWrongly

GROUP = "rightplace.commands"


def build_app() -> typer.Typer:
    """The command with everything that this installation can do."""
    app = typer.Typer(
        name="rightplace",
        help="The right child to the right part of children's services, at the right time.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback(invoke_without_command=True)
    def version(shown: bool = typer.Option(False, "--version", help="Say which version this is.")) -> None:
        if shown:
            typer.echo(__version__)
            raise typer.Exit

    for module in pkgutil.iter_modules(cli.__path__):
        if module.name not in ("main", "room", "tests"):
            register = getattr(import_module(f"{cli.__name__}.{module.name}"), "register", None)
            if register is not None:
                register(app)
    _add_from_packages(app)
    return app


def _add_from_packages(app: typer.Typer) -> None:
    """Add what other packages bring; the wheel names the demo's command and leaves the demo out."""
    for point in entry_points(group=GROUP):
        package, _, _ = point.module.rpartition(".")
        if find_spec(package) is None or find_spec(point.module) is None:
            continue
        command = point.load()
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=point.name)
        else:
            app.command(point.name)(command)


def main() -> None:
    """Run the command line."""
    try:
        build_app()()
    except UsedWrongly as wrong:
        sys.exit(_say(str(wrong), 2))
    except ValidationError as wrong:
        told = [f"{'.'.join(map(str, e['loc'])) or 'settings'}: {e['msg']}" for e in wrong.errors()]
        sys.exit(_say("The settings are not right.\n" + "\n".join(told), 2))
    except (DoesNotHold, ServerRefused) as wrong:
        sys.exit(_say(str(wrong), 1))
    except KeyboardInterrupt:
        sys.exit(130)


def _say(sentence: str, code: int) -> int:
    typer.echo(sentence, err=True)
    return code


if __name__ == "__main__":
    main()
