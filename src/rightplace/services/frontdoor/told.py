"""From what was answered to what is signed: the children, and the contact as it was told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rightplace.common.questions.asking import NOT_BORN, Asked
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.identity import AddressRecorded, Identifier, IdentityRecorded
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation.models import Agency, School, Team, Worker
from rightplace.foundation.organisation.places.places import normalise_postcode
from rightplace.foundation.people.actions import located
from rightplace.foundation.people.finding.identity import is_nhs_number
from rightplace.services.frontdoor.intake import ChildTold, Told

SOURCE = "contact"
NOT_KNOWN_SOURCE, ANONYMOUS_SOURCE = "10", "9"
PEOPLE = frozenset({"1A", "1B", "1C", "1D", ANONYMOUS_SOURCE, NOT_KNOWN_SOURCE})
"""Sources that are no agency: who told so is not a professional."""

SOURCE_OF_AGENCY = {
    Agency.Kind.POLICE: "6", Agency.Kind.HEALTH: "3F", Agency.Kind.EDUCATION: "2B", Agency.Kind.HOUSING: "4",
    Agency.Kind.PROBATION: "7", Agency.Kind.AUTHORITY: "5A", Agency.Kind.VOLUNTARY: "8", Agency.Kind.OTHER: "8",
}  # fmt: skip

UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]")
SINCE = {
    "today": "Only today",
    "days": "Some days",
    "weeks": "Some weeks",
    "longer": "Longer",
    "not known": "Not known",
}


def source_of(agency: int, team_kind: str = "") -> str:
    """The code of the returns for who refers, by the agency and team that somebody works for."""
    if School.objects.filter(pk=agency).exists():
        return "2A"
    if team_kind == Team.Kind.FAMILY_SUPPORT:
        return "5D"
    found = Agency.objects.filter(pk=agency).first()
    return SOURCE_OF_AGENCY[Agency.Kind(found.kind)] if found else NOT_KNOWN_SOURCE


def told_by_professional(asked: Asked, by: Actor, attachments: Iterable[int] = ()) -> Told:
    """What a colleague of another agency told on the form."""
    found, worker = asked.answers(), Worker.objects.get(pk=by.worker)
    contact = ContactReceived(
        team=0, source=source_of(by.agency, by.team_kind), channel="online", agency=by.agency, saw=found["saw"],
        wants=found["wants"], referrer_name=by.name, referrer_role=found["your_role"],
        referrer_phone=found["your_phone"] or worker.phone, referrer_email=worker.email,
        family_told=found["family_told"], family_told_reason=found.get("family_told_reason") or "",
        lawful_basis=found["lawful_basis"], danger_now=found["danger"], answers=_as_told(asked),
    )  # fmt: skip
    return Told(children=children_of(asked), contact=contact, attachments=tuple(attachments))


def told_by_visitor(asked: Asked, attachments: Iterable[int] = ()) -> Told:
    """What a member of the public told; without a name it is anonymous."""
    found = asked.answers()
    named = found["says_who"] == "yes"
    more = {"how long": SINCE.get(found["since"], ""), "who looks after them": found["adults"]}
    contact = ContactReceived(
        team=0, source=found["how_known"] or NOT_KNOWN_SOURCE, channel="online", saw=found["saw"],
        referrer_name=(found.get("your_name") or "") if named else "",
        referrer_phone=(found.get("your_phone") or "") if named else "",
        anonymous=not named, professional=False, danger_now=found["danger"], answers=_as_told(asked) | _said(more),
    )  # fmt: skip
    return Told(children=children_of(asked), contact=contact, attachments=tuple(attachments))


def told_on_the_telephone(asked: Asked, files: Mapping[int, int]) -> Told:
    """What a caller told a front door worker. `files` are the children found first, by their place."""
    found = asked.answers()
    person = found["source"] in PEOPLE
    contact = ContactReceived(
        team=0, source=found["source"], channel="telephone", saw=found["saw"], wants=found["wants"],
        referrer_name=found["caller_name"], referrer_role=found["caller_role"], referrer_phone=found["caller_phone"],
        anonymous=found["source"] == ANONYMOUS_SOURCE or (person and not found["caller_name"]),
        professional=not person, family_told=found["family_told"],
        family_told_reason=found.get("family_told_reason") or "", lawful_basis=found["lawful_basis"],
        danger_now=found["danger"], answers=_as_told(asked),
    )  # fmt: skip
    return Told(children=children_of(asked, files), contact=contact)


def children_of(asked: Asked, files: Mapping[int, int] | None = None) -> list[ChildTold]:
    """Each child as told; where each lives, if not with the others."""
    found = asked.answers()
    home = located(found["address_line"], found["address_postcode"], SOURCE)
    relation = "" if found.get("together", "yes") in ("yes", "") else "told of together"
    return [
        ChildTold(
            identity=identity_of(child),
            address=elsewhere(child.get("elsewhere") or "") or home,
            file=(files or {}).get(_place(form.prefix), 0),
            relation=relation,
        )
        for form, child in zip(asked.filled(), asked.children_answers(), strict=True)
    ]


def _place(prefix: str | None) -> int:
    return int((prefix or "children-0").rpartition("-")[2])


def identity_of(child: Mapping[str, Any]) -> IdentityRecorded:
    """Who the child is, as told. Without a name the person is provisional, with a description instead."""
    day: date | None = child.get("born")
    unborn = child.get("sex") == NOT_BORN
    age = child.get("born_age") or ""
    named = bool(child.get("given") or child.get("family"))
    return IdentityRecorded(
        given=child.get("given") or "", family=child.get("family") or "", born=None if unborn else day,
        expected=day if unborn else None, age_about=int(age) if age and day is None and not unborn else None,
        sex={"F": "F", "M": "M"}.get(child.get("sex") or "", "U"), identifiers=identifiers(child.get("number") or ""),
        provisional=not named, described=child.get("described") or "", source=SOURCE,
    )  # fmt: skip


def identifiers(number: str) -> tuple[Identifier, ...]:
    """A number that somebody gave, told apart by its shape; whatever it may be, it is kept."""
    plain = re.sub(r"[\s-]", "", number).upper()
    if not plain:
        return ()
    if UPN.fullmatch(plain):
        return (Identifier(kind="upn", number=plain),)
    if plain.isascii() and plain.isdigit() and is_nhs_number(plain):
        return (Identifier(kind="nhs", number=plain),)
    return (Identifier(kind="other", number=number.strip()),)


POSTCODE_AT_END = re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\s*$")


def elsewhere(words: str) -> AddressRecorded | None:
    """An address in one line, its postcode taken from the end where there is one."""
    if not words.strip():
        return None
    found = POSTCODE_AT_END.search(words)
    postcode = normalise_postcode(found[0]) if found else None
    line = words[: found.start()].rstrip(" ,") if found and postcode else words
    return located(line, postcode or "", SOURCE)


def _as_told(asked: Asked) -> dict[str, str]:
    """The children in one line, as they were told: the sender reads them again where they follow the concern."""
    return _said({"children as told": "; ".join(child_words(child) for child in asked.children_answers())})


def child_words(child: Mapping[str, Any]) -> str:
    """One child in a few words: name or description, and age."""
    name = (
        " ".join(filter(None, [child.get("given"), child.get("family")]))
        or child.get("described")
        or "A child"
    )
    day: date | None = child.get("born")
    if child.get("sex") == NOT_BORN:
        return f"{name}, not born yet"
    born = f"born {day.day} {day:%B %Y}" if day else ""
    age = f"about {child['born_age']}" if child.get("born_age") else ""
    return ", ".join(filter(None, [name, born or age]))


def _said(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: words for name, words in answers.items() if words}
