"""Who may see what, written out in words of roles and facts: asks neither `access` nor a projection."""

from __future__ import annotations

from rightplace.domain.practice.entries import Label
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.reach import Opening
from tests.invented_city import ChildInCity, City, holds

# the rules, in the words of the design ------------------------------------------------------------------------------

STAFF_WHO_FIND_EVERY_CHILD = {
    "front door worker", "front door manager", "social worker", "team manager", "conference chair", "head of service",
    "auditor", "information governance officer",
}  # fmt: skip
THEIR_TEAMS_CHILDREN = {"family support worker", "family support manager"}
COUNT_EVERY_CHILD = {"director", "analyst", "lead member", "rule"}
COUNT_WITHOUT_NAMES = {"analyst", "lead member", "rule"}
THE_FRONT_DOOR_AND_WHO_HEADS_IT = {"front door worker", "front door manager", "head of service"}
OPEN_CHILDRENS_FILES = STAFF_WHO_FIND_EVERY_CHILD | THEIR_TEAMS_CHILDREN | {"director"}

PARTNERS = {"professional referrer", "head teacher", "partner lead", "provider"}

EVERYDAY = {"none", "third party", "protected address"}
LABELS_READ = {
    "professional referrer": {"none"},
    "head teacher": {"none"},
    "partner lead": {"none"},
    "provider": {"none"},
    "member of the public": set(),
    "front door worker": EVERYDAY | {"informant"},
    "front door manager": EVERYDAY | {"informant", "private supervision"},
    "family support worker": EVERYDAY,
    "family support manager": EVERYDAY | {"informant", "private supervision"},
    "social worker": EVERYDAY,
    "team manager": EVERYDAY | {"informant", "private supervision"},
    "conference chair": EVERYDAY | {"allegation"},
    "head of service": EVERYDAY | {"informant", "allegation", "adoption"},
    "director": EVERYDAY | {"allegation", "adoption"},
    "lead member": set(),
    "analyst": set(),
    "auditor": EVERYDAY,
    "information governance officer": {"none"},
    "administrator": set(),
    "human resources officer": set(),
    "union observer": set(),
    "rule": {"none"},
    "import": {"none"},
}
"""Nobody reads what was withdrawn by a role: that takes two officers."""


def seen_by_person(city: City, reader: Actor, person: int) -> bool:
    """Rows about a child or a concern, without names: where, what is due, what happened."""
    role = reader.role_name
    if role in COUNT_EVERY_CHILD:
        return True
    if role in STAFF_WHO_FIND_EVERY_CHILD:
        return not city.hidden_person(reader.worker, person)
    if role in THEIR_TEAMS_CHILDREN:
        child = next((c for c in city.children if c.person == person), None)
        ours = child is not None and reader.team in (child.team, child.offered_to)
        return ours and not city.hidden_person(reader.worker, person)
    return False


def named_to(city: City, reader: Actor, person: int) -> bool:
    """Rows with a name in them: nobody's to those who only count, and never a restricted child's."""
    if reader.role_name in COUNT_WITHOUT_NAMES:
        return False
    return seen_by_person(city, reader, person) and not city.hidden_person(reader.worker, person)


def contact_seen(city: City, reader: Actor, child: ChildInCity) -> bool:
    """The front door sees every contact, figures count them, and who told one (or a desk colleague) follows it."""
    if reader.role_name in THE_FRONT_DOOR_AND_WHO_HEADS_IT | COUNT_EVERY_CHILD:
        return True
    if reader.role_name not in PARTNERS:
        return False
    desk = reader.team == child.told_by.team.pk and reader.agency == child.agency
    return child.told_by.worker.pk == reader.worker or desk


def check_seen(city: City, reader: Actor, agency: int) -> bool:
    """The front door sees every question, an agency those that it was asked."""
    if reader.role_name in THE_FRONT_DOOR_AND_WHO_HEADS_IT | COUNT_EVERY_CHILD:
        return True
    return reader.role_name in PARTNERS - {"provider"} and reader.agency == agency


def words_seen(city: City, reader: Actor, file: int, label: int) -> bool:
    """The words of an entry: its label is one of the role's, and its file is not hidden from the worker."""
    name = Label(label).name.lower().replace("_", " ")
    return name in LABELS_READ[reader.role_name] and not city.hidden(reader.worker, file)


def opened(city: City, reader: Actor, child: ChildInCity) -> Opening:
    """One's own work opens, other work asks for a reason, what is hidden or not for this role is not there."""
    if reader.role_name not in OPEN_CHILDRENS_FILES or not named_to(city, reader, child.person):
        return Opening.NOT_THERE
    at_the_door = (
        reader.team in (city.people.front_door.pk, city.people.out_of_hours.pk) and not child.decided
    )
    own = reader.team in (child.team, child.offered_to) or (child.worker and child.worker == reader.worker)
    broken = any(
        f == child.file and w == reader.worker and o is not None and holds(o) and k != 3
        for f, k, w, o in city.glass
    )
    return Opening.OPEN if own or at_the_door or broken else Opening.ASK_REASON
