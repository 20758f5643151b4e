"""`rightplace demo`: builds the city once, starts its clock, serves it, and says where to look and whom to be."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

from rightplace import configuration, dbserver, serving
from rightplace.configuration import Mode
from rightplace.demo import cli_capacity as cli_capacity  # adds `rightplace capacity city`
from rightplace.demo.sizes import NEEDED, NEEDS, Size
from rightplace.gateways.cli.room import DoesNotHold, UsedWrongly, make_ready


def demo(
    size: Annotated[
        Size,
        typer.Option(
            help="About 300 open children; a tenth of a city, or the city, which need rightplace[capacity]."
        ),
    ] = Size.TINY,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port, or the next free one.")] = 8000,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve when it is built.")] = True,
) -> None:
    """Build the demonstration city and serve it at 127.0.0.1."""
    chosen = configuration.current()
    if chosen.mode is not Mode.DEMO or not chosen.is_private:
        raise UsedWrongly(
            "The demonstration needs a private database: it runs in demo mode, without DATABASE_URL."
        )
    if size is not Size.TINY and not all(find_spec(name) for name in NEEDED):
        raise DoesNotHold(NEEDS)
    throw_away_half_a_city()
    with dbserver.ensure_up():
        make_ready()
        from rightplace.demo import telling
        from rightplace.startup import refuse_unsafe_start

        serving.migrate()
        telling.build_or_go_on(str(size))
        refuse_unsafe_start()
        if not serve:
            return
        telling.get_ready()
        free = serving.free_port(port)
        code = serving.run(serving.LOOPBACK, free, lambda: telling.say_where_to_look(free))
    raise typer.Exit(code)


def throw_away_half_a_city() -> None:
    """A city whose building was stopped is of no use: begin anew."""
    from rightplace.demo.mark import building_mark

    if not building_mark().exists():
        return
    if dbserver.server.in_use():
        raise DoesNotHold("A city is being built here just now: wait until it is done.")
    typer.echo("The last building was stopped half way. Beginning anew.", err=True)
    dbserver.reset()
    building_mark().unlink()
