"""`rightplace db`: the private database server of this checkout."""

import typer

from rightplace import configuration
from rightplace.configuration import Mode
from rightplace.dbserver import Cluster, ServerRefused, ensure_up, private_cluster, reset, server
from rightplace.gateways.cli.room import AsJson, DoesNotHold, UsedWrongly, answer

group = typer.Typer(help="The private database server of this checkout.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add `rightplace db`."""
    app.add_typer(group, name="db")


@group.command()
def up(as_json: AsJson = False) -> None:
    """Start the server, and let it stay until `rightplace db down`."""
    with ensure_up():
        cluster = _private()
        cluster.lock("kept").touch()
    answer({"up": True, "folder": str(cluster.folder)}, as_json, f"The database is up, in {cluster.folder}.")


@group.command()
def down(as_json: AsJson = False) -> None:
    """Stop the server, unless somebody uses it: then it stops when they have done."""
    cluster = _private()
    cluster.lock("kept").unlink(missing_ok=True)
    if server.in_use():
        raise DoesNotHold("Somebody uses the database; it stops when the last one leaves.")
    if cluster.answers():
        with ensure_up():
            pass
    answer({"up": False}, as_json, "The database is down.")


@group.command("status")
def state(as_json: AsJson = False) -> None:
    """Say whether the server is up; exit code 1 when it is not."""
    cluster = _private()
    told = {
        "up": cluster.answers(),
        "in_use": server.in_use(),
        "kept": cluster.lock("kept").exists(),
        "version": cluster.major(),
        "folder": str(cluster.folder),
    }
    answer(told, as_json, f"The database is {'up' if told['up'] else 'down'}, in {cluster.folder}.")
    if not told["up"]:
        raise typer.Exit(1)


@group.command()
def url(as_json: AsJson = False) -> None:
    """Print the superuser's address of the private server, to look at and to break things."""
    if configuration.current().mode is Mode.PRODUCTION:
        raise UsedWrongly("`db url` is for demo and development only.")
    _private()
    address = server.as_uri(server.address("superuser"))
    answer({"url": address}, as_json, address)


@group.command("reset")
def throw_away(
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
    as_json: AsJson = False,
) -> None:
    """Throw the private database away, with everything in it."""
    cluster = _private()
    if server.in_use():
        raise DoesNotHold("Somebody uses the database: stop `make demo` or the tests first.")
    if not yes:
        typer.confirm(f"Throw away the database in {cluster.folder}?", abort=True, err=True)
    reset()
    answer({"up": False, "folder": str(cluster.folder)}, as_json, "The database was thrown away.")


def _private() -> Cluster:
    """The private server; without one these commands have nothing to do with."""
    try:
        return private_cluster()
    except ServerRefused as reason:
        raise UsedWrongly(str(reason)) from reason
