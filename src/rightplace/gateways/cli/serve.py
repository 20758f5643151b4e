"""`rightplace serve`: the site and its background worker."""

import typer

from rightplace import configuration, serving
from rightplace.configuration import Mode
from rightplace.gateways.cli.room import DoesNotHold, UsedWrongly, open_room


def register(app: typer.Typer) -> None:
    """Add `rightplace serve`."""
    app.command("serve")(serve)


def serve(
    port: int = typer.Option(8000, min=1, max=65_535, help="The port; outside production the next free one."),
    host: str = typer.Option(serving.LOOPBACK, help="The address to listen at."),
) -> None:
    """Serve the site until stopped."""
    if configuration.current().mode is Mode.DEMO and host != serving.LOOPBACK:
        raise UsedWrongly("The demo lets everybody choose whom to be: it listens at 127.0.0.1 only.")
    if wrong := configuration.faults():
        raise DoesNotHold("Rightplace does not start.\n" + "\n".join(f"- {line}" for line in wrong))
    with open_room():
        from rightplace.startup import refuse_unsafe_start

        if serving.is_for_trying():
            serving.migrate()
            port = serving.free_port(port, host)
        refuse_unsafe_start()
        code = serving.run(host, port, lambda: typer.echo(f"Serving http://{host}:{port}", err=True))
    raise typer.Exit(code)
