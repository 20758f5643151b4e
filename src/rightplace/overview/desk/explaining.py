"""The explanation of one stored timescale: folded anew from the child's entries, by the rule that made it."""

from __future__ import annotations

from rightplace.domain.practice.timescales.explain import Explanation, explain
from rightplace.foundation.access.rls import folding
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import fold_person, rules
from rightplace.foundation.journal.projections import Timescale
from rightplace.overview.desk.opening import OpenedChild


def explanation(child: OpenedChild, row: Timescale) -> Explanation | None:
    """Why this is due. None when the packs no longer hold the rule that a row was made by."""
    with folding():
        entries = reading.entries_of(child.files)
    filled = {file: found for file, found in entries.items() if found}
    folded = fold_person(child.person.person, child.files[child.file].kind, filled)
    place = (row.rule, row.trigger, row.about)
    scale = next((s for s in folded.timescales if (s.rule, s.trigger, s.about) == place), None)
    try:
        rule = rules().rule(row.rule, row.version_from)
    except KeyError:
        return None
    process = folded.journey.processes.get(row.about)
    opened, interval = (process.opened, process.visit_every) if process is not None else (None, "")
    return explain(rule, scale, rules(), opened=opened, interval=interval)
