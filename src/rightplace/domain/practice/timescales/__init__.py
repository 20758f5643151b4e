"""What must happen for a child by when, and why: dated rules with their sources, and the pure engine that reads them.

No clock: what is late is worked out when it is read. Nothing here knows of databases or pages.
"""

from rightplace.domain.practice.timescales.engine import Timescale, timescales
from rightplace.domain.practice.timescales.loading import load_book, rulebook
from rightplace.domain.practice.timescales.rules import Rule, RuleBook

__all__ = ["Rule", "RuleBook", "Timescale", "load_book", "rulebook", "timescales"]
