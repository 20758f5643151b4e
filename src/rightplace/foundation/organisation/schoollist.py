"""What a list of schools changes in the directory: a school opens and is linked at once, is said anew, moves, closes.

The caller's app asks leave of its own permission and names it in `may`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from rightplace.foundation.organisation.hooks import Author, ask_gate
from rightplace.foundation.organisation.linking import close_link, link_new_school
from rightplace.foundation.organisation.models import Agency, Area, School, SchoolListing, SchoolSuccession
from rightplace.foundation.organisation.recording import end_row, recorded


@transaction.atomic
def open_school(
    *, urn: int, says: Mapping[str, Any], phone: str, begins: date, area: Area, by: Author, may: str
) -> School:
    """Take a school into the directory, with what the list says of it, and link it to its area's team at once."""
    ask_gate(by, may)
    agency = Agency.objects.create(
        name=says["name"], kind=Agency.Kind.EDUCATION, phone=phone, begins=begins, **recorded(by)
    )
    school = School.objects.create(agency=agency, urn=urn, phase=says["phase"], area=area)
    SchoolListing.objects.create(school=school, begins=begins, **says, **recorded(by))
    link_new_school(school, by)
    return school


@transaction.atomic
def say_of_school(
    *, school: School, says: Mapping[str, Any], phone: str, on: date, by: Author, may: str
) -> bool:
    """Let the directory say what a list says; what it said before ends on that day. Gives whether anything changed."""
    ask_gate(by, may)
    last = school.listings.filter(ends__isnull=True).first()
    if last is not None and all(getattr(last, name) == value for name, value in says.items()):
        return False
    if last is not None:
        end_row(last, max(on, last.begins), by)
    SchoolListing.objects.create(
        school=school, begins=max(on, last.begins if last else on), **says, **recorded(by)
    )
    school.phase, school.agency.name = says["phase"], says["name"]
    school.agency.phone = phone or school.agency.phone
    school.save(update_fields=["phase"])
    school.agency.save(update_fields=["name", "phone"])
    return True


@transaction.atomic
def move_school(*, school: School, area: Area, by: Author, may: str) -> None:
    """Say that a school lies in another area."""
    ask_gate(by, may)
    school.area = area
    school.save(update_fields=["area"])


@transaction.atomic
def close_school(*, school: School, on: date, by: Author, may: str) -> None:
    """End a school that closed: what the list said of it, its place in the directory, and its link."""
    ask_gate(by, may)
    for said in school.listings.filter(ends__isnull=True):
        end_row(said, max(on, said.begins), by)
    end_row(school.agency, on, by)
    close_link(school, on, by)


@transaction.atomic
def let_go_on(*, before: School, after: School, on: date, by: Author, may: str) -> bool:
    """Say that one school goes on from another that closed. Gives whether that was new."""
    ask_gate(by, may)
    _, new = SchoolSuccession.objects.get_or_create(
        before=before, after=after, defaults={"on": on, **recorded(by)}
    )
    return new
