"""A programme as the law's rules read it: what is proposed, worked out from its posts, people, links and terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rightplace.domain.restructuring import AgencyWork, Description
from rightplace.domain.restructuring import Programme as Proposal
from rightplace.foundation.organisation.establishment.tables import Kept, Lineage, Occupancy
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost
from rightplace.foundation.organisation.queries import holding
from rightplace.services.restructure.models import Body, Terms

OLD, NEW = ProgrammePost.Side.OLD, ProgrammePost.Side.NEW


def latest_terms(programme: int) -> Terms | None:
    """What is proposed as it stands now."""
    return Terms.objects.filter(programme=programme).select_related("recorded_by").order_by("-id").first()


def occupants(programme: Programme) -> Mapping[int, int]:
    """Who has a post of the old side when the programme begins: the own post by worker, a kept one before another."""
    of_old = {"seat__post__in_programmes__programme": programme, "seat__post__in_programmes__side": OLD}
    day = programme.begins
    found = dict(
        Occupancy.objects.filter(holding(day), **of_old)
        .exclude(kind__in=(Occupancy.Kind.AGENCY, Occupancy.Kind.MATERNITY_COVER))
        .values_list("worker", "seat__post")
    )
    return found | dict(Kept.objects.filter(holding(day), **of_old).values_list("worker", "seat__post"))


def descriptions(programme: Programme) -> tuple[Description, ...]:
    """Each job of the old side: how many have it, and for how many of them a post goes on.

    A post goes on where it is protected, or a new post comes of it; a new post that comes of two jobs counts once.
    """
    sides = ProgrammePost.objects.filter(programme=programme).values_list(
        "post", "post__title", "side", "protected"
    )
    titles = {post: title for post, title, side, _ in sides if side == OLD}
    kept = {post for post, _, side, protected in sides if side == OLD and protected}
    left, used = Counter(titles[post] for post in kept), set[int]()
    links = Lineage.objects.filter(before__in=titles, after__in_programmes__programme=programme)
    for before, after in links.order_by("id").values_list("before", "after"):
        if after in used or before in kept:
            used.add(after)
            continue
        used.add(after)
        left[titles[before]] += 1
    people = Counter(titles[post] for post in occupants(programme).values() if post in titles)
    return tuple(
        Description(title=title, employed=people[title], posts_left=left[title]) for title in sorted(people)
    )


def proposal(programme: Programme, terms: Terms) -> Proposal:
    """What the section 188 statement, the HR1 and the clocks are worked out from."""
    agency = (
        (AgencyWork(number=terms.agency_number, part=terms.agency_part, work=terms.agency_work),)
        if terms.agency_number
        else ()
    )
    days = {
        name: day.toordinal() if day else None
        for name, day in (
            ("statement_given", terms.statement_given), ("notified_on", terms.notified_on),
            ("first_notice", terms.first_notice), ("first_dismissal", terms.first_dismissal),
            ("last_dismissal", terms.last_dismissal),
        )
    }  # fmt: skip
    return Proposal(
        employer=terms.employer, establishment=terms.establishment, reasons=terms.reasons,
        descriptions=descriptions(programme), selecting=terms.selecting, carrying_out=terms.carrying_out,
        payments=terms.payments, agency=agency, proposed_on=terms.proposed_on.toordinal(),
        representatives=tuple(Body.objects.filter(programme=programme).order_by("id").values_list("name", flat=True)),
        **days,
    )  # fmt: skip
