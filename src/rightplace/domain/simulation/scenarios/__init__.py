"""Scenarios: what is asked of the model, in TOML or from a form; the answer with its ranges, in pictures and in sentences.

    base = read(text)                                          # refused: ImpossibleScenario, with line and reason
    question = Question.of(base, [other])                      # or Question(given, census, base, (other,), seed)
    gathered = Gathered.of(question)
    for batch in steps(question, replicates=60, batch=4):      # any order, any number of threads, any machine
        gathered.add(batch)
        found = answering.answer(gathered)                     # an Answer: JSON in and out

What needs numpy is looked up when it is first used: reading a scenario and a kept answer needs nothing of the extra.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.domain.simulation.scenarios.checking import check
from rightplace.domain.simulation.scenarios.promises import PROMISES, Promise
from rightplace.domain.simulation.scenarios.reading import read
from rightplace.domain.simulation.scenarios.scenario import (
    WHATS,
    CannotBe,
    Change,
    EarlyHelp,
    Merge,
    Move,
    Scenario,
    What,
    luck_of,
)
from rightplace.domain.simulation.scenarios.writing import write

if TYPE_CHECKING:
    from rightplace.domain.simulation.scenarios.asking import Question
    from rightplace.domain.simulation.scenarios.batches import Batch, Gathered, steps
    from rightplace.domain.simulation.scenarios.hanging import sensitivity
    from rightplace.domain.simulation.scenarios.searching import Found, Progress, smallest

_WHERE = {
    "Question": "asking",
    "Batch": "batches",
    "Gathered": "batches",
    "steps": "batches",
    "Found": "searching",
    "Progress": "searching",
    "smallest": "searching",
    "sensitivity": "hanging",
}

__all__ = [
    "PROMISES",
    "WHATS",
    "Answer",
    "Batch",
    "CannotBe",
    "Change",
    "EarlyHelp",
    "Found",
    "Gathered",
    "ImpossibleScenario",
    "Merge",
    "Move",
    "Progress",
    "Promise",
    "Question",
    "Scenario",
    "What",
    "check",
    "luck_of",
    "read",
    "sensitivity",
    "smallest",
    "steps",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
