"""What every command shares: a database that is up, Django made ready, one way to answer and to fail."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from rightplace.dbserver import Server, ensure_up

AsJson = Annotated[bool, typer.Option("--json", help="Answer in one line of JSON on standard output.")]


class DoesNotHold(Exception):
    """What was asked for does not hold or could not be done: exit code 1, the sentence on standard error."""


class UsedWrongly(Exception):
    """The command was used wrongly: exit code 2, the sentence on standard error."""


def make_ready() -> None:
    """Set Django up; models may be imported from now on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rightplace.settings")
    import django

    django.setup()


@contextmanager
def open_room() -> Iterator[Server]:
    """The database up and Django ready, for as long as a command runs; connections are closed afterwards."""
    with ensure_up() as server:
        make_ready()
        from django.db import ProgrammingError, connections

        try:
            yield server
        except ProgrammingError as wrong:
            if "does not exist" not in str(wrong):
                raise
            raise DoesNotHold(
                "The database has no tables yet: `rightplace demo` builds a city, `manage migrate` tables alone."
            ) from wrong
        finally:
            connections.close_all()


def answer(told: dict[str, Any], as_json: bool, said: str) -> None:
    """The answer on standard output: one line of JSON, or the sentence."""
    typer.echo(json.dumps(told, ensure_ascii=False, default=str, allow_nan=False) if as_json else said)


def progress() -> Progress:
    """Progress of anything over two seconds, on standard error, and silent where nobody watches."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
