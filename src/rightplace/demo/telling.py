"""What `rightplace demo` says while it builds, and when it serves."""

from __future__ import annotations

from typing import Final

import typer
from rich.console import Console
from rich.table import Table

from rightplace.demo import building
from rightplace.demo.material.strip import strip
from rightplace.demo.models import BuiltCity
from rightplace.gateways.cli.room import DoesNotHold

BEGIN_AGAIN: Final = "Run `make reset` to throw it away, then begin again."


def build_or_go_on(size: str) -> None:
    """Build the city, or go on with the one that is there. Where something else is, say what, and change nothing."""
    found = building.city()
    if found is None:
        console = Console(stderr=True)
        with console.status("Building the city") as status:
            try:
                found = building.build(size, said=lambda words: status.update(f"{words} …"))
            except building.NotEmpty as reason:
                raise DoesNotHold(f"{reason} {BEGIN_AGAIN}") from reason
        say_what_was_built(console, found)
        return
    there = building.holds()
    if not there.may_be(found):
        raise DoesNotHold(
            f"A demonstration of size {found.size} was built here, with {found.entries:,} entries, but this database's "
            f"record holds {there.said}: something else took its place. Nothing was changed. {BEGIN_AGAIN}"
        )
    building.go_on()
    say_what_is_there(found, there, size)


def say_what_is_there(found: BuiltCity, there: building.Holds, size: str) -> None:
    """Which city is gone on with, and how to come to another."""
    another = "" if found.size == size else f" For {size}: make reset, then make demo SIZE={size}."
    typer.echo(f"This database holds the city of size {found.size}: {there.said}.{another}", err=True)


def get_ready() -> None:
    """Ask the background worker for this morning's figures, so that *as at 09:00* is there when somebody asks."""
    from rightplace.foundation.journal import past
    from rightplace.overview.leadership.tasks import begin_building

    seal = past.seal_for(strip().starts.replace(hour=9, minute=0))
    if seal and not past.is_built(seal):
        begin_building(seal)


def say_what_was_built(console: Console, city: BuiltCity) -> None:
    """The volumes that were expected, and those that came out."""
    table = Table(title=f"The city, size {city.size}: expected and made")
    table.add_column("", no_wrap=True, min_width=20)
    for name in ("expected", "made"):
        table.add_column(name, justify="right", no_wrap=True, min_width=8)
    table.add_column("source", no_wrap=True, overflow="ellipsis", max_width=34)
    for line in city.comparison:
        table.add_row(line["title"], f"{line['expected']:,.0f}", f"{line['made']:,.0f}", line["source"])
    if city.comparison:
        console.print(table)
    console.print(f"{city.files:,} files, {city.entries:,} entries, in {city.seconds:.1f} seconds.")


def say_where_to_look(port: int) -> None:
    """The address, the people, and how to stop."""
    people = "\n".join(f"  {person.name}, {person.title.lower()}" for person in strip().people)
    typer.echo(
        f"\nThe demonstration is at http://127.0.0.1:{port}\n\n"
        f"There you choose whom to be:\n{people}\nor anybody else. Everybody is invented.\n\n"
        f"It is {strip().starts:%A %-d %B %Y} there. Ctrl-C stops it; `make demo` goes on; `make reset` begins anew.\n"
    )
