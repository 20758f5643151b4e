"""A suggestion in the words of a page: who, why in hours, who is next at what price and to whom, who is ruled out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rightplace.common.caseflow.advice import Advice
from rightplace.common.caseflow.load import Week
from rightplace.common.web import words
from rightplace.common.web.pieces import Lines, Row
from rightplace.domain.allocation import NOBODY, Cost, RunnerUp, Suggestion, Worker, suggest
from rightplace.domain.allocation.words import hours_words
from rightplace.domain.practice.workload import Load, weights_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.services.workforce.allocating.facts import Known, free_minutes, known_of, usual_minutes

SOURCE = "{title}. Distances are straight lines, from the middle of where a worker’s families live."
NO_HOURS = "how many hours this worker has is not known: human resources writes it down"


def advice_on(actor: Actor, children: Sequence[int]) -> Advice | None:
    """What is suggested for brothers and sisters of the actor's team. Registered with caseflow."""
    if not may(actor, "allocation.see"):
        return None
    team = Team.objects.get(pk=actor.team)
    return advice_of(known_of(actor, team, [list(children)]))


def advice_of(known: Known) -> Advice | None:
    """The answer to a question of one family, in words."""
    if not known.question.groups or not known.names:
        return None
    found = suggest(known.question)
    return told(known, found.each[0])


def told(known: Known, one: Suggestion) -> Advice:
    """One family's suggestion in words."""
    workers = {worker.key: worker for worker in known.question.workers}
    source = SOURCE.format(title=known.question.table.title)
    free = {key: f"{free_words(each.minutes, each.load)} free" for key, each in workers.items()}
    common = Advice(
        worker=0, heading="Nobody can be suggested", says=(), out=ruled_out(known, one), not_known=known.not_known,
        source=source, free=free,
    )  # fmt: skip
    if one.worker == NOBODY:
        return replace(common, says=nobody(known, one))
    name = known.names[one.worker]
    heading, rows = next_one(known, one.runner_up, name)
    return replace(
        common, worker=one.worker, heading=f"Suggested: {name}", says=reasons(known, one, workers[one.worker]),
        costs=[cost_row(cost, name) for cost in one.costs if cost.seconds], next_heading=heading, next_rows=rows,
    )  # fmt: skip


def nobody(known: Known, one: Suggestion) -> list[str]:
    """That nobody can, and which rule binds."""
    takes = f"This family takes {hours_words(one.group.minutes)} a week."
    if not known.question.workers:
        return [takes, "How many hours the team’s workers have is not known, so nobody can be suggested."]
    return [takes, f"{words.capitalised(one.nobody_because)}."]


def reasons(known: Known, one: Suggestion, worker: Worker) -> list[str]:
    """Why this worker: hours first, then what is in favour, then what every rule says."""
    name, load = known.names[worker.key], worker.load + one.besides.get(worker.key, 0)
    holds = words.count_words(known.holds.get(worker.key, 0), "family", "families", none="no family")
    hours = (
        f"{name} has {hours_words(worker.minutes)} a week for families and {free_words(worker.minutes, load)} "
        f"free, with {holds} now. This family takes {hours_words(one.group.minutes)}."
    )
    return [hours, *_in_favour(one, worker), _rules_kept(one)]


def _in_favour(one: Suggestion, worker: Worker) -> list[str]:
    said = []
    if one.group.present == worker.key:
        said.append("The family knows this worker already.")
    if worker.key in one.group.siblings_with:
        said.append("A brother or sister is with this worker.")
    if one.group.language and one.group.language in worker.languages:
        said.append(f"Speaks {one.group.language}.")
    if has := sorted(one.group.better & worker.skills):
        said.append(f"Has {words.listed(has)}.")
    return said


def _rules_kept(one: Suggestion) -> str:
    kept = [f"{each.rule}: {each.words}" for each in one.kept if each.rule != "hours"]
    return f"Held against the rules. {words.capitalised('; '.join(kept))}."


def free_words(minutes: int, load: int) -> str:
    """What of a worker's hours no family takes."""
    free = free_minutes(minutes, load)
    return hours_words(free) if free else "no hour"


def counted_with(load: Load, week: Week) -> str:
    """What a suggestion counts a worker with, said to that worker; nothing where it counts nobody."""
    table = weights_on(clock.today())
    if table is None or week.hours is None or week.leads:
        return ""
    minutes = usual_minutes(table, week, week.hours)
    free = free_words(minutes, round(load.takes * 60))
    return f"When a family waits for a worker, a suggestion counts you with {hours_words(minutes)} a week and {free} free."


def cost_row(cost: Cost, name: str) -> Row:
    """What one thing costs, and who bears it."""
    bears = name if cost.to == "the worker" else cost.to
    return Row((Lines(words.capitalised(cost.name), cost.words), bears, hours_words(cost.seconds / 60)))


def next_one(known: Known, runner: RunnerUp | None, name: str) -> tuple[str, list[Row]]:
    """Who is next, and what that would cost more, and whom."""
    if runner is None:
        return "Nobody else could take the family.", []
    other = known.names[runner.worker]
    rows = []
    for each in runner.differences:
        bears = known.names.get(each.worker, "") if each.worker is not None else each.to
        sign = "more" if each.seconds > 0 else "less"
        amount = f"{hours_words(abs(each.seconds) / 60)} {sign}"
        rows.append(Row((Lines(words.capitalised(each.name), each.words), bears, amount)))
    more = hours_words(runner.seconds / 60)
    price = f"{more} a week more" if runner.seconds >= 60 else "about the same"
    return f"Next would be {other}: {price} than {name}.", rows


def ruled_out(known: Known, one: Suggestion) -> list[Row]:
    """Each worker whom a rule keeps from the family, with every such rule."""
    found: Mapping[int, Sequence[str]] = {
        key: [rule.words for rule in rules] for key, rules in one.ruled_out.items()
    } | {key: [NO_HOURS] for key in known.without_hours}
    named = sorted(found.items(), key=lambda each: known.names[each[0]])
    return [Row((known.names[key], words.capitalised("; ".join(why)))) for key, why in named]
