"""`rightplace figures` and `rightplace timescales`: what the figures are, and why something is due."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from rightplace.domain.practice.timescales.explain import Explanation
from rightplace.domain.practice.workdays import to_date, to_datetime
from rightplace.gateways.cli.room import AsJson, UsedWrongly, answer, open_room

timescales = typer.Typer(help="The rules by which things are due.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("figures")(figures)
    app.add_typer(timescales, name="timescales")


def figures(as_json: AsJson = False) -> None:
    """Every figure with the list behind it. Lists hold numbers of files, never names."""
    with open_room():
        from rightplace.foundation.access.actor import RULES
        from rightplace.overview.leadership import counting

        asked = counting.asked_now()
        counted = counting.count_all(RULES, list(counting.figures().values()), asked)
        told: dict[str, Any] = {}
        lines = []
        for name, figure in counting.figures().items():
            one = counted[name]
            told[name] = {"value": one.n, "list": [list(i) if len(i) > 1 else i[0] for i in one.ids]}
            if one.of is not None:
                told[name]["of"] = one.of
            lines.append(counting.said(figure, one, asked).replace("**", ""))
    answer(told, as_json, "\n".join(lines))


@timescales.command("list")
def list_rules(as_json: AsJson = False) -> None:
    """Every rule: what is due, by which source, whether that source was read, and whether the rule is on."""
    from rightplace.domain.practice.timescales import rulebook

    book = rulebook()
    rows = [
        {
            "id": rule.id,
            "title": rule.title,
            "clause": str(rule.clause),
            "layer": rule.layer.words,
            "source": rule.source,
            "checked": rule.checked,
            "on": rule.on,
        }
        for rule in book.rules
    ]
    said = "\n".join(
        f"{row['id']:<14} {row['title']} ({row['layer']}{'' if row['checked'] else ', source not seen'}"
        f"{'' if row['on'] else ', off'})"
        for row in rows
    )
    answer({"rules": rows}, as_json, said)


@timescales.command("explain")
def explain_one(
    named: Annotated[
        str, typer.Argument(metavar="ID", help="A rule such as REF-1, or the number of a timescale.")
    ],
    as_json: AsJson = False,
) -> None:
    """Why something is due: the rule in plain words, the days counted one by one, its source and its layers."""
    from rightplace.domain.practice.timescales import rulebook
    from rightplace.domain.practice.timescales.explain import explain

    book = rulebook()
    if named.isdigit():
        with open_room():
            told = _explain_stored(int(named))
    else:
        if named not in book.by_id:
            raise UsedWrongly(f"There is no rule {named}. `rightplace timescales list` shows all.")
        told = explain(book.versions(named)[-1], None, book)
    answer(_plain(told), as_json, _explained(told))


def _explain_stored(number: int) -> Explanation:
    """The explanation of one stored timescale. The child is a number here, too."""
    from rightplace.domain.practice.timescales import timescales as worked_out
    from rightplace.domain.practice.timescales.explain import explain
    from rightplace.foundation.journal import reading
    from rightplace.foundation.journal.folding import rules
    from rightplace.foundation.journal.projections import Timescale

    row = Timescale.objects.filter(pk=number).first()
    if row is None:
        raise UsedWrongly(f"There is no timescale {number}.")
    journey = reading.journey(row.person)
    place = (row.rule, row.trigger, row.about)
    scale = next(s for s in worked_out(journey, rules()) if (s.rule, s.trigger, s.about) == place)
    process = journey.processes.get(scale.about)
    opened = process.opened if process is not None else None
    return explain(rules().rule(row.rule, row.version_from), scale, rules(), opened=opened)


def _plain(told: Explanation) -> dict[str, Any]:
    plain = asdict(told)
    plain["days"] = [{**day, "day": to_date(day["day"]).isoformat()} for day in plain["days"]]
    for name in ("due", "due_statistics", "floor", "counted_from"):
        plain[name] = to_datetime(plain[name]).isoformat() if plain[name] is not None else None
    return plain


def _explained(told: Explanation) -> str:
    lines = [f"{told.rule}: {told.title}", *told.sentences]
    lines += [
        f"  {to_date(day.day):%a %-d %b %Y}  {day.number if day.working else '-'}  {day.reason}"
        for day in told.days
    ]
    lines.append(f"Source: {told.source} ({told.seen})")
    lines += [f"  {layer.layer}: {layer.words}{'' if layer.on else ', off'}" for layer in told.layers]
    return "\n".join(lines)
