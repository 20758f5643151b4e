"""What leaders and teams count: each figure defined once, as a filter and a count over projection columns.

A definition is a value, so that one compiler makes SQL of it, another counts rows, and both agree.
Who may see which rows, and how a page shows them, do not belong here. No figure has a target.
"""

from rightplace.domain.practice.figures.compiling import Compiled, compile_sql
from rightplace.domain.practice.figures.counting import Counted, Params, evaluate, params_at
from rightplace.domain.practice.figures.definitions import FIGURES, figures_of
from rightplace.domain.practice.figures.figure import Figure
from rightplace.domain.practice.figures.sentences import range_of, sentence

__all__ = [
    "FIGURES",
    "Compiled",
    "Counted",
    "Figure",
    "Params",
    "compile_sql",
    "evaluate",
    "figures_of",
    "params_at",
    "range_of",
    "sentence",
]
