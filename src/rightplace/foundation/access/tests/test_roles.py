"""Who may do what, held against a table that was written by hand and apart from the roles."""

from __future__ import annotations

import pytest
from django.apps import apps

from rightplace.domain.practice.entries.base import IMPORT_ROLE, Label
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import PERMISSIONS, Undeclared, claimed, declare
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.access.scope import NotAllowed, may, require
from rightplace.foundation.organisation.rolecodes import RoleCode

# Columns: professional, public, head teacher, partner lead, provider, front door worker, its manager, family support
# worker, its manager, social worker, team manager, conference chair, head of service, director, lead member, analyst,
# auditor, information governance, administrator, human resources, union observer, rule, import.
CODES = (1, 2, 3, 4, 5, 10, 11, 20, 21, 30, 31, 40, 50, 51, 52, 60, 61, 62, 70, 71, 72, 90, 99)
TABLE = """
organisation.manage   . . . . . . . . . . . . . . . . . . x . . x .
organisation.absence  . . . . . . x . x . x . x . . . . . x . . . .
organisation.rota     . . . . . . x . . . . . x . . . . . x . . . .
child.open            . . . . . x x x x x x x x x . . x x . . . . .
restriction.set       . . . . . . . . . . . . x . . . . x . . . . .
breakglass.use        . . . . . x x x x x x x x . . . . . . . . . .
breakglass.confirm    . . . . . . x . . . . . x . . . . x . . . . .
breakglass.review     . . . . . . . . . . . . . . . . . x . . . . .
audit.read            . . . . . . . . . . . . . . . . x x . . . . .
withdrawn.read        . . . . . . . . . . . . . . . . . x . . . . .
entry.correct         . . . . . x x x x x x x x . . . . . . . . . .
entry.withdraw        . . . . . . x . x . x . x . . . . x . . . . .
erase.body            . . . . . . . . . . . . . . . . . x . . . . .
doubt.settle          . . . . . . x . x . x x x . . . . . . . . . .
note.write            . . . . . x x x x x x x x . . . . . . . . x .
visit.record          . . . . . x x x x x x x . . . . . . . . . . .
child.find            . . . . . x x x x x x x x x . . x x . . . . .
person.link           . . . . . . x . x . x . x . . . . . . . . . .
duplicate.decide      . . . . . x x . x . x . x . . . . . . . . . .
offer.place           . . . . . x x . x . x . x . . . . . . . . x .
offer.answer          . . . . . . x . x . x . x . . . . . . . . . .
worker.allocate       . . . . . . x . x . x . x . . . . . . . . . .
case.close            . . . . . . x . x . x . x . . . . . . . . . .
contact.raise         x x x x x x x x x x x x x . . . . . . . . . .
contact.see           . . . . . x x . . . . . x . . . . . . . . . .
contact.screen        . . . . . x x . . . . . . . . . . . . . . . .
contact.decide        . . . . . x x . . . . . . . . . . . . . . . .
check.ask             . . . . . x x . . . . . . . . . . . . . . . .
check.answer          x . x x . x x . . . . . . . . . . . . . . . .
follow.own_contact    x . x x x . . . . . . . . . . . . . . . . . .
disagree              x . x x x . . . . . . . . . . . . . . . . . .
vignette.decide       . . . . . . x . x . x . x . . . . . . . . . .
notice.triage         x . x x . x x . . . . . . . . . . . . . . . .
signal.give           x . x x . . . . . . . . . . . . . . . . . . .
signal.see            . . . . . . . x x . . . x . . . . . . . . . .
signal.decide         . . . . . . . x x . . . . . . . . . . . . . .
feed.agree            . . . . . . . . . . . . x . . . . x . . . . .
signal.hold           . . . . . . . . . . . . . . . . . x . . . . .
familysupport.see     . . . . . . . x x . . . x . . . . . . . . . .
familysupport.write   . . . . . . . x x . . . . . . . . . . . . . .
familysupport.end     . . . . . . . . x . . . . . . . . . . . . . .
familysupport.join    x . x x . . . . . . . . . . . . . . . . . . .
assessment.write      . . . . . . . . . x x . . . . . . . . . . . .
assessment.authorise  . . . . . . . . . . x . x . . . . . . . . . .
strategy.call         . . . . . x x . . x x . . . . . . . . . . . .
strategy.attend       x . x x . . . . . . . . . . . . . . . . . . .
linkperson.set        . . . . . . . . x . . . x . . . . . x . . . .
question.ask          x . x x . . . . . . . . . . . . . . . . . . .
question.answer       . . . . . . . x x . . . x . . . . . . . . . .
schools.import        . . . . . . . . . . . . . . . . . . x . . . x
funding.agree         . . . . . . . . . . . . x x . . . . . . . . .
funding.see           . . . . . . . . x . . . x x . x . . x . . . .
statement.see         . . x x . . . . . . . . . . . . . . . . . . .
board.see             . . x x . . . . . . . . x x x x . . . . . . .
board.keep            . . . . . . . . . . . . x x . . . . . . . . .
dispute.raise         x . x x . x x x x x x x x . . . . . . . . . .
dispute.settle        . . . . . . . . . . . . x x . . . . . . . . .
pilot.set             . . . . . . . . . . . . x x . . . . . . . . .
directory.see         x . x x x x x x x x x x x x x x . . x . . . .
directory.keep        . . . . . . . . x . . . . . . . . . x . . . x
directory.keep_own    . . . . x . . . . . . . . . . . . . . . . . .
request.make          . . . . . x x x x x x x x . . . . . . . . . .
request.answer        . . . . x . . . . . . . . . . . . . . . . . .
partner.see           x . x x x . . . . . . . . . . . . . . . . . .
establishment.see     . . . . . . x . x . x . x x . . . . . x . . .
establishment.keep    . . . . . . . . . . . . . . . . . . . x . x .
establishment.figures . . . . . . . . . . . . x x x x . . . x x . .
workload.see_own      . . . . . x x x x x x x x . . . . . . . . . .
workload.see          . . . . . . x . x . x . x x . . . . . . . . .
full.say              . . . . . x x x x x x x x . . . . . . . . . .
full.answer           . . . . . . x . x . x . x x . . . . . . . . .
disclosure.record     . . . . . x x x x x x x x . . . . . . . . . .
story.see             . . . . . x x x x x x x x x . . x . . . . . .
timescale.see         . . . . . x x x x x x x x x . . x . . . . . .
timescale.excuse      . . . . . . x . x . x x x . . . . . . . . . .
team.see              . . . . . x x x x x x x x x . . x . . . . . .
figures.see           . . . . . . x . x . x x x x x x x . . . . . .
figures.list          . . . . . . x . x . x x x x . x x . . . . . .
figures.list_names    . . . . . . x . x . x . x x . . x . . . . . .
figures.note          . . . . . . . . . . . . x x . . . . . . . . .
capacity.see          . . . . . . . . . . . . x x x x . . . x . . .
capacity.ask          . . . . . . . . . . . . x x . x . . . x . . .
style.see             . . . . . x x x x x x x x x x x x x x x x . .
import.run            . . . . . . . . . . . . . . . . . . x . . . x
programme.keep        . . . . . . . . . . . . x x . . . . . x . x .
programme.evidence    . . . . . . . . . . . . x x . . . . . x . x .
allocation.see        . . . . . . x . x . x . x . . . . . . . . . .
allocation.rebalance  . . . . . . x . x . x . x . . . . . . . . . .
supervision.see_own   . . . . . x x x x x x x x x . . . . . x . . .
supervision.hold      . . . . . . x . x . x . x x . . . . . . . . .
supervision.assure    . . . . . . . . . . . . x x . . . . . . . . .
supervision.release   . . . . . . . . . . . . x x . . . x . x . . .
learning.see_own      . . . . . x x x x x x x x x . . . . . x . . .
learning.see          . . . . . . x . x . x . x x . . . . . x . . .
learning.keep         . . . . . . . . . . . . . . . . . . . x . . .
performance.see_own   . . . . . x x x x x x x x x . . . . . x . . .
performance.lead      . . . . . . x . x . x . x . . . . . . . . . .
performance.formal    . . . . . . . . . . . . x . . . . . . x . . .
recruitment.see       . . . . . . x . x . x . x x . . . . . x . . .
recruitment.keep      . . . . . . . . . . . . . . . . . . . x . . .
recruitment.interview . . . . . x x x x x x x x x . . . . . x . . .
initiative.keep       . . . . . . . . . . . . x x . . . . . x . . .
restructure.see_own   . . . . . x x x x x x x x x . . . . . x . . .
restructure.see       . . . . . . x . x . x . x x . . . . . x . . .
restructure.keep      . . . . . . . . . . . . . x . . . . . x . . .
restructure.publish   . . . . . . . . . . . . . x . . . . . . . . .
restructure.figures   . . . . . . . . . . . . x x x x . . . x x . .
selection.prefer      . . . . . x x x x x x x x x . . . . . x . . .
selection.keep        . . . . . . . . . . . . . . . . . . . x . . .
selection.score       . . . . . . x . x . x . x . . . . . . x . . .
selection.moderate    . . . . . . . . . . . . x . . . . . . . . . .
appeal.raise          . . . . . x x x x x x x x x . . . . . x . . .
appeal.hear           . . . . . . . . . . . . x x . . . . . . . . .
cutover.see           . . . . . . x . x . x . x x . . . . . . . . .
cutover.run           . . . . . . . . . . . . x x . . . . . . . . .
"""
# Labels: adoption, allegation, informant, third party, protected address, private supervision, staff voice, withdrawn;
# the first column is what has no label. Staff voice comes with no role: its person reads it, and the one named reader.
LABELS = """
1   x . . . . . . . .
2   . . . . . . . . .
3   x . . . . . . . .
4   x . . . . . . . .
5   x . . . . . . . .
10  x . . x x x . . .
11  x . . x x x x . .
20  x . . . x x . . .
21  x . . x x x x . .
30  x . . . x x . . .
31  x . . x x x x . .
40  x . x . x x . . .
50  x x x x x x . . .
51  x x x . x x . . .
52  . . . . . . . . .
60  . . . . . . . . .
61  x . . . x x . . .
62  x . . . . . . . .
70  . . . . . . . . .
71  . . . . . . . . .
72  . . . . . . . . .
90  x . . . . . . . .
99  x . . . . . . . .
"""


def rows(table: str) -> dict[str, list[bool]]:
    lines = [line.split() for line in table.strip().splitlines()]
    return {line[0]: [mark == "x" for mark in line[1:]] for line in lines}


def somebody(role: int) -> Actor:
    return Actor(worker=1, name="somebody", role=role)


def test_each_role_may_do_what_the_table_says_and_nothing_else():
    table = rows(TABLE)
    assert set(table) == set(PERMISSIONS)
    wrong = [
        (name, code)
        for name, marks in table.items()
        for code, mark in zip(CODES, marks, strict=True)
        if may(somebody(code), name) is not mark
    ]
    assert wrong == []


def test_each_role_reads_the_labels_that_the_table_says():
    table = {int(code): {n for n, mark in enumerate(marks) if mark} for code, marks in rows(LABELS).items()}
    assert {code: set(map(int, role.labels)) for code, role in ROLES.items()} == table
    assert len(Label) == 9


def test_every_role_has_a_class_and_says_who_may_hold_it():
    assert set(ROLES) == set(CODES) == {code.value for code in RoleCode}
    assert all(role.name and role.description.endswith(".") for role in ROLES.values())
    assert len({role.name for role in ROLES.values()}) == len(ROLES)
    assert RoleCode.IMPORT == IMPORT_ROLE


def test_every_permission_is_held_by_a_role_and_each_role_holds_only_known_ones():
    held = set().union(*(role.permissions for role in ROLES.values()))
    assert held == set(PERMISSIONS)


@pytest.mark.parametrize("app", sorted({each.app for each in PERMISSIONS.values()}))
def test_every_app_declares_the_permissions_that_are_its_own(app):
    if app not in apps.app_configs:
        pytest.skip(f"the app {app} is not there")
    assert claimed(app) == {name for name, each in PERMISSIONS.items() if each.app == app}


def test_an_app_declares_nothing_that_is_anothers_or_nobodys():
    with pytest.raises(Undeclared):
        declare("journal", "organisation.manage")
    with pytest.raises(Undeclared):
        declare("journal", "journal.burn")


def test_a_permission_that_nobody_declared_is_a_fault_and_not_a_no():
    with pytest.raises(Undeclared):
        may(somebody(RoleCode.DIRECTOR), "everything")


def test_whoever_may_not_is_answered_as_if_nothing_were_there():
    with pytest.raises(NotAllowed):
        require(somebody(RoleCode.LEAD_MEMBER), "child.find")
    require(somebody(RoleCode.SOCIAL_WORKER), "child.find")
