"""Write the generated reference in docs/: entry kinds, timescales, permissions, commands, settings, figures.

    python tools/make_reference.py [--check]

Everything is read from the code and the packs, so the pages cannot say something else than the program does.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rightplace.settings")

import msgspec
import typer
from pydantic_core import PydanticUndefined

from rightplace.configuration import Configuration, Mode
from rightplace.domain.practice.entries import KINDS, Body, Label
from rightplace.domain.practice.figures import FIGURES
from rightplace.domain.practice.figures.figure import Figure
from rightplace.domain.practice.packfiles import read_pack
from rightplace.domain.practice.timescales import rulebook
from rightplace.domain.practice.timescales.loading import PACKS
from rightplace.domain.practice.timescales.plainwords import in_plain_words, seen_in_words
from rightplace.domain.practice.timescales.rules import ALWAYS, Rule
from rightplace.foundation.access.permissions import PERMISSIONS
from rightplace.foundation.access.roles import ROLES, Role
from rightplace.gateways.cli.main import build_app

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- Written by tools/make_reference.py from the code: change the code, not this page. -->"

JSON_SAYS = {
    "anchor": "seal, files, made, out",
    "verify": "entries, bad (each with file, entry, why), unproven_since, seconds",
    "rebuild": "files, rows, differences, seconds",
    "figures": "for each figure: value, list, and where it is a share: of",
    "import cin": "children, taken (with_doubts among them), with_doubts, refused, entries, seconds; "
    "children = taken + refused",
    "bench allocation": "rolling_p95_ms, proved_optimal, rebalance_cpu_s, rebalance_gap, unallocated, vs_cpsat_cost, "
    "vs_highs_cost, matching_vs_peer_speed, matching_identical, blocking_pairs",
    "bench capacity": "worker_level_vs_simpy, plain_vs_simpy, plain_vs_ciw, mb_per_replicate, two_thread_cpu_inflation, "
    "seconds_3y_10x200",
    "bench record": "fold_entries_per_s, write_cpu_ms_200, write_cpu_ms_1000, verify_entries_per_s, "
    "rebuild_entries_per_s, bulk_entries_per_s, find_p95_ms, find_recall_at_5",
    "capacity backtest": "for each measure that can be judged: n, coverage80, interval_score, naive, drift, autoets (the "
    "last three are those methods' interval scores)",
    "capacity calibrate": "authority, parameters (each with usual, low80, high80), cannot_tell_apart, strengths, forecasts",
    "timescales list": "rules (each with id, title, clause, layer, source, checked, on)",
}
"""What a command's answer holds, where programs read it."""


def page(title: str, *parts: Iterable[str] | str) -> str:
    """A page: its title, the note that it is made, and its parts."""
    lines = [f"# {title}", "", MADE, ""]
    for part in parts:
        lines += [part, ""] if isinstance(part, str) else [*part, ""]
    return "\n".join(lines).rstrip() + "\n"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A table; a bar inside a cell would end it."""
    made = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return made + [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]


def first_paragraph(of: Any) -> str:
    """What a docstring says first."""
    return " ".join((inspect.getdoc(of) or "").split("\n\n")[0].split())


# what can happen ---------------------------------------------------------------------------


def entry_kinds() -> str:
    """Every kind of entry, by module."""
    provisional = sum(cls.provisional is True for cls in KINDS.values())
    intro = (
        f"What can be said to have happened: {len(KINDS)} kinds. A *fact* is always taken; a *decision* may be "
        "refused. A released kind never changes its stored form ([the format](journal-format.md)); "
        f"the {provisional} marked *provisional* have no screen yet and still may. Fields in brackets may be left out. "
        "To add one: [how to add an entry kind](how-to/add-an-entry-kind.md)."
    )
    modules: dict[str, list[type[Body]]] = {}
    for _, cls in sorted(KINDS.items()):
        modules.setdefault(cls.__module__, []).append(cls)
    parts: list[Iterable[str] | str] = [intro]
    for module, kinds in modules.items():
        parts.append(f"## {module.rpartition('.')[2]}")
        parts.append((inspect.getdoc(sys.modules[module]) or "").split("\n")[0])
        parts.append(table(("kind", "no.", "is a", "says", "fields"), map(kind_row, kinds)))
    return page("What can happen: entry kinds", *parts)


def kind_row(cls: type[Body]) -> tuple[str, ...]:
    """One kind."""
    marks = [str(cls.nature), *(["provisional"] if cls.provisional is True else [])]
    if cls.label is not Label.NONE:
        marks.append(f"label *{cls.label.name.lower().replace('_', ' ')}*")
    fields = [f"`{f.name}`" if f.required else f"(`{f.name}`)" for f in msgspec.structs.fields(cls)]
    number = f"{cls.number}, v{cls.version}"
    return f"`{cls.kind}`", number, ", ".join(marks), first_paragraph(cls), " ".join(fields)


# what is due -------------------------------------------------------------------------------


def timescales() -> str:
    """Every rule of every pack."""
    book = rulebook()
    seen = sum(rule.checked for rule in book.rules)
    off = sum(not rule.on for rule in book.rules)
    intro = (
        f"The rules by which things are due: {len(book.by_id)} rules in {len(book.rules)} versions. The source of "
        f"{seen} was seen, {off} are switched off. What was seen of a source is said with each rule, and on the "
        "screen. Facts that are missing make a timescale *not known*, never *late*. "
        "`rightplace timescales explain ID` tells one rule; a child's page counts its days one by one. "
        "To add one: [how to add a timescale](how-to/add-a-timescale.md)."
    )
    parts: list[Iterable[str] | str] = [intro, *counting()]
    for file in sorted(PACKS.glob("*.toml")):
        pack = read_pack(file)
        rules = [rule for rule in book.rules if rule.pack == pack["pack"]]
        parts.append(f"## {pack['title']}")
        parts.append(f"`packs/{file.name}`, {len(rules)} versions of rules.")
        parts.append(
            table(("rule", "what must happen", "the rule", "in force", "source"), map(rule_row, rules))
        )
    return page("What is due: timescales", *parts)


def counting() -> list[str]:
    """How days and hours are counted."""
    book = rulebook()
    days = [f"- {one.title}. *{one.source}*" for one in book.calendars.values()]
    hours = ", ".join(f"“{name}” ({one.title.lower()})" for name, one in book.hours.items())
    return ["## How days are counted", "\n".join([*days, f"- Office hours: {hours}."])]


def rule_row(rule: Rule) -> tuple[str, ...]:
    """One version of one rule, in sentences."""
    sentences = " ".join(in_plain_words(rule, rulebook()))
    title = rule.title if rule.on else f"{rule.title} **(off)**"
    source = f"{rule.source} ({rule.layer.words}). {seen_in_words(rule)}"
    return f"`{rule.id}`", title, sentences, force(rule), f"{source} {rule.note}".strip()


def force(rule: Rule) -> str:
    """The days of force, in words."""
    began = f"from {date.fromordinal(rule.from_day):%-d %b %Y}" if rule.from_day else ""
    ended = f"to {date.fromordinal(rule.to_day):%-d %b %Y}" if rule.to_day != ALWAYS else ""
    return f"{began} {ended}".strip() or "always"


# who may -----------------------------------------------------------------------------------


def permissions() -> str:
    """Every permission and role."""
    intro = (
        "Nothing is permitted that is not here. A permission says that a role may do something at all; *which* "
        "children and contacts is said by scopes, in each app's `policy.py`. The table of roles is held by "
        "[`test_roles.py`](../src/rightplace/foundation/access/tests/test_roles.py), every address by "
        "[`test_routes.py`](../src/rightplace/foundation/access/tests/test_routes.py). "
        "To add a role: [how to add a role](how-to/add-a-role.md)."
    )
    parts: list[Iterable[str] | str] = [
        intro,
        "## Roles",
        table(("role", "no.", "who", "reads labels"), map(role_row, ROLES.values())),
    ]
    parts.append("## Permissions")
    for app in dict.fromkeys(one.app for one in PERMISSIONS.values()):
        rows = [
            (f"`{one.name}`", one.sentence, holders(one.name))
            for one in PERMISSIONS.values()
            if one.app == app
        ]
        parts += [f"### {app}", table(("permission", "to", "held by"), rows)]
    return page("Who may do what: permissions and roles", *parts)


def role_row(role: type[Role]) -> tuple[str, ...]:
    """One role."""
    labels = [Label(n).name.lower().replace("_", " ") for n in sorted(role.labels) if n != Label.NONE]
    return role.name, str(int(role.code)), role.description, ", ".join(labels)


def holders(permission: str) -> str:
    """The roles that hold a permission."""
    return ", ".join(role.name for role in ROLES.values() if permission in role.permissions)


# the command -------------------------------------------------------------------------------


def commands() -> str:
    """Every command of `rightplace`."""
    intro = (
        "`rightplace` is in `.venv/bin` of a checkout. Standard output is for the answer alone; progress goes to "
        "standard error. With `--json` the answer is one line of JSON. Exit code **0**: it holds, or was done. **1**: "
        "it does not hold. **2**: used wrongly."
    )
    parts: list[Iterable[str] | str] = [intro]
    for name, command in walk(typer.main.get_command(build_app()), ""):
        parts += [f"## rightplace {name}", (command.help or "").strip()]
        rows = [option_row(one) for one in command.params]
        if rows:
            parts.append(table(("option", "means", "otherwise"), rows))
        if name in JSON_SAYS:
            parts.append(f"`--json`: {JSON_SAYS[name]}.")
    return page("Commands", *parts)


def walk(command: Any, name: str) -> Iterable[tuple[str, Any]]:
    """A command and those inside it, those that do something alone."""
    inside = getattr(command, "commands", {})
    if not inside:
        yield name, command
    for each, sub in sorted(inside.items()):
        yield from walk(sub, f"{name} {each}".strip())


def option_row(option: Any) -> tuple[str, ...]:
    """One option or argument."""
    argument = getattr(option, "param_type_name", "") == "argument"
    named = (
        option.metavar or option.name.upper()
        if argument
        else " / ".join([*option.opts, *option.secondary_opts])
    )
    otherwise = (
        "needed" if option.required else "" if option.default in (None, False) else str(option.default)
    )
    return f"`{named}`", option.help or "", "serve" if option.default is True else otherwise


# settings ----------------------------------------------------------------------------------


def settings() -> str:
    """Every setting."""
    intro = (
        "One TOML file: `rightplace.toml` beside the program in a checkout, `/etc/rightplace/rightplace.toml` "
        "otherwise; `RIGHTPLACE_SETTINGS` names another. The environment speaks before the file: `RIGHTPLACE_` and the "
        "name in capitals. Secrets are paths to files, never values. A setting that does not exist is refused. "
        "`rightplace settings` prints what is in force. Local policy (standards, labels, teams) is not a setting: it "
        "is dated data with an author."
    )
    rows = [
        (f"`{name}`", (field.description or "").strip(), otherwise(name, field), also_called(field))
        for name, field in Configuration.model_fields.items()
    ]
    production = (
        "Production refuses to start without `database_url`, `key_file` and `secret_key_file`, with a secret that a "
        "demo made, with one file for both keys, with a secret that others may read, and with `*` among the hosts "
        "([`test_configuration.py`](../src/rightplace/tests/test_configuration.py))."
    )
    return page(
        "Settings", intro, table(("setting", "what", "otherwise", "also read from"), rows), production
    )


def otherwise(name: str, field: Any) -> str:
    """What counts when it is not set."""
    if name == "mode":
        return f"`{Mode.DEMO}` in a checkout, else `{Mode.PRODUCTION}`"
    if field.default is PydanticUndefined or field.default in (None, ""):
        return "not set"
    shown = ", ".join(field.default) if isinstance(field.default, tuple) else field.default
    return f"`{str(shown).lower() if isinstance(shown, bool) else shown}`"


def also_called(field: Any) -> str:
    """Names that other programs know."""
    choices = getattr(field.validation_alias, "choices", [])
    return ", ".join(f"`{name}`" for name in choices if name.isupper() and not name.startswith("RIGHTPLACE_"))


# figures -----------------------------------------------------------------------------------


def figures() -> str:
    """Every figure."""
    intro = (
        f"{len(FIGURES)} figures, each defined once in "
        "[`definitions.py`](../src/rightplace/domain/practice/figures/definitions.py) and counted in two ways that "
        "must agree ([`test_figures.py`](../src/rightplace/domain/practice/figures/tests/test_figures.py)). A figure "
        "is a count over its own list. Shares are said with a range. Nothing here has a target. "
        "To add one: [how to add a figure](how-to/add-a-figure.md)."
    )
    parts: list[Iterable[str] | str] = [intro]
    for figure in FIGURES.values():
        parts += [f"## {figure.title}", list(figure_lines(figure))]
    return page("Figures", *parts)


def figure_lines(figure: Figure) -> Iterable[str]:
    """One figure: its sentence, what it counts, of what, by what."""
    yield f"`{figure.id}` · *“{figure.sentence.replace('**', '')}”*"
    yield ""
    yield f"{figure.definition} Its list has a line for each {' and '.join(figure.key)}."
    if figure.of_title:
        yield f"A share of: {figure.of_title[0].lower()}{figure.of_title[1:]}."
    if figure.by:
        yield f"Told apart by {figure.by}."
    yield f"Counted from `{figure.rows.table}`. Source: {figure.source}."


PAGES: dict[str, Callable[[], str]] = {
    "entry-kinds.md": entry_kinds,
    "timescales.md": timescales,
    "permissions.md": permissions,
    "commands.md": commands,
    "settings.md": settings,
    "figures.md": figures,
}


def out_of_date(folder: Path = DOCS) -> list[str]:
    """The pages that say something else than the program does."""
    return [
        name
        for name, make in PAGES.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != make()
    ]


def main(arguments: list[str]) -> int:
    """Write the pages; with --check only say which are out of date, and answer 1 when any is."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write("Used wrongly: python tools/make_reference.py [--check]\n")
        return 2
    old = out_of_date()
    if not arguments:
        for name in old:
            (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
    sys.stdout.write(f"{'Out of date' if arguments else 'Written'}: {', '.join(old) or 'none'}\n")
    return 1 if arguments and old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
