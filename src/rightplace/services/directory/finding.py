"""What is there for this family: services by how well they fit, each thing asked on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.services.directory.models import Opening, Service, Site

Square = tuple[int, int]
A_PAGE = 20
FITS, UNKNOWN, NOT = 0, 1, 100
OFFERED = ("active", "")
"""A state that nobody could read is not a closed one: it is shown as not known."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for. What is empty is not asked."""

    words: str = ""
    need: str = ""
    ages: tuple[float, ...] = ()
    square: Square | None = None
    far: float | None = None
    days: tuple[int, ...] = ()
    free: bool = False
    language: str = ""
    step_free: bool = False
    places: bool = False

    def without(self, **changed: Any) -> Asked:
        """The same, some of it otherwise."""
        return replace(self, **changed)


@dataclass(frozen=True)
class Found:
    """One page of services, and how many there are that fit in everything, in nothing known against, or not."""

    services: Sequence[Service]
    fit: int
    perhaps: int
    against: int
    number: int
    sites: dict[int, list[Site]]
    openings: dict[int, list[Opening]]

    @property
    def total(self) -> int:
        return self.fit + self.perhaps + self.against

    @property
    def last(self) -> int:
        return max(1, -(-self.total // A_PAGE))


def find(actor: Actor, asked: Asked, number: int = 1) -> Found:
    """One page of what there is, the best fit first, of two alike the nearer."""
    rows = ranked(offered(actor, asked), asked)
    counts = rows.aggregate(
        fit=Count("pk", filter=Q(score=FITS)),
        perhaps=Count("pk", filter=Q(score__gt=FITS, score__lt=NOT)),
        against=Count("pk", filter=Q(score__gte=NOT)),
    )
    total = sum(counts.values())
    number = max(1, min(number, -(-total // A_PAGE)))
    page = list(
        rows.select_related("organisation", "source").order_by(
            "score", F("nearest").asc(nulls_last=True), "name", "id"
        )[(number - 1) * A_PAGE : number * A_PAGE]
    )
    sites, openings = at_hand([row.pk for row in page])
    return Found(
        page, counts["fit"], counts["perhaps"], counts["against"], number, sites=sites, openings=openings
    )


def at_hand(services: Sequence[int]) -> tuple[dict[int, list[Site]], dict[int, list[Opening]]]:
    """Sites and openings of these services, in one query each."""
    sites: dict[int, list[Site]] = {}
    openings: dict[int, list[Opening]] = {}
    for site in Site.objects.filter(service__in=services).order_by("id"):
        sites.setdefault(site.service_id, []).append(site)
    for opening in Opening.objects.filter(service__in=services).order_by("id"):
        openings.setdefault(opening.service_id, []).append(opening)
    return sites, openings


def offered(actor: Actor, asked: Asked) -> QuerySet[Service]:
    """What there is at all, of this need and with these words."""
    rows = scope(actor, Service).filter(missing_since__isnull=True, state__in=OFFERED)
    if asked.need:
        rows = rows.filter(needs__contains=[asked.need])
    for word in asked.words.split()[:6]:
        rows = rows.alias(said_headings=_joined("headings")).filter(
            Q(name__icontains=word) | Q(words__icontains=word) | Q(organisation__name__icontains=word)
            | Q(said_headings__icontains=word)
        )  # fmt: skip
    return rows


def _joined(name: str) -> Func:
    from django.db.models import TextField

    return Func(F(name), Value(" | "), function="array_to_string", output_field=TextField())


def ranked(rows: QuerySet[Service], asked: Asked) -> QuerySet[Any]:
    """Each with its distance and its score: nothing for what fits, a little for not known, much for what does not."""
    today = clock.today()
    rows = rows.annotate(nearest=_nearest(asked.square))
    parts: list[Any] = []
    if asked.ages:
        parts.append(_by_age(asked.ages))
    if asked.free:
        parts.append(_case(Q(free=True), Q(free=False)))
    if asked.places:
        parts.append(_case(Q(places__gt=0), Q(places=0)))
    if asked.language:
        rows = rows.alias(spoken=_joined("languages"))
        parts.append(_case(Q(spoken__icontains=asked.language), ~Q(languages=[])))
    if asked.step_free:
        sites = Site.objects.filter(service=OuterRef("pk"))
        parts.append(_case(Q(Exists(sites.filter(step_free=True))), _all(sites, step_free=False)))
    if asked.days:
        parts.append(_by_day(asked.days, today))
    if asked.far is not None and asked.square:
        far = int((asked.far * 1000) ** 2)
        parts.append(_case(Q(nearest__lte=far), Q(nearest__gt=far)))
    score: Any = Value(0, output_field=IntegerField())
    for part in parts:
        score = score + part
    return rows.annotate(score=score)


def _case(fits: Q, fails: Q) -> Case:
    return Case(
        When(fits, then=Value(FITS)),
        When(fails, then=Value(NOT)),
        default=Value(UNKNOWN),
        output_field=IntegerField(),
    )


def _all(rows: QuerySet[Site], **said: Any) -> Q:
    """There are some, and all of them say so."""
    return Q(Exists(rows)) & ~Q(Exists(rows.exclude(**said) | rows.filter(**dict.fromkeys(said, None))))


def _by_age(ages: tuple[float, ...]) -> Case:
    all_fit, none_fits = Q(), Q()
    for age in ages:
        all_fit &= (Q(youngest__isnull=True) | Q(youngest__lte=age)) & (
            Q(oldest__isnull=True) | Q(oldest__gte=int(age))
        )
        none_fits &= Q(youngest__gt=age) | Q(oldest__lt=int(age))
    unsaid = Q(youngest__isnull=True, oldest__isnull=True)
    return Case(
        When(unsaid, then=Value(UNKNOWN)), When(all_fit, then=Value(FITS)), When(none_fits, then=Value(NOT)),
        default=Value(UNKNOWN), output_field=IntegerField(),
    )  # fmt: skip


def now_open(today: date) -> Q:
    """Openings that hold today."""
    return (Q(begins__isnull=True) | Q(begins__lte=today)) & (Q(ends__isnull=True) | Q(ends__gte=today))


def _by_day(days: tuple[int, ...], today: date) -> Case:
    rows = Opening.objects.filter(now_open(today), service=OuterRef("pk"))
    return _case(Q(Exists(rows.filter(days__overlap=list(days)))), Q(Exists(rows.exclude(days=[]))))


def _nearest(square: Square | None) -> Any:
    """The square of the metres to the nearest site, from the middle of a square kilometre; null where not known."""
    if square is None:
        return Value(None, output_field=IntegerField())
    from django.db.models import BigIntegerField

    east, north = square[0] * 1000 + 500, square[1] * 1000 + 500
    wide = Func(F("east") - Value(east), template="(%(expressions)s)::bigint", output_field=BigIntegerField())
    high = Func(
        F("north") - Value(north), template="(%(expressions)s)::bigint", output_field=BigIntegerField()
    )
    sites = Site.objects.filter(service=OuterRef("pk"), east__isnull=False).order_by().values("service")
    return Subquery(
        sites.annotate(least=Min(wide * wide + high * high)).values("least"), output_field=BigIntegerField()
    )


def services_by_square(actor: Actor, asked: Asked) -> dict[Square, int]:
    """How many services that nothing speaks against have a site in each square."""
    fitting = ranked(offered(actor, asked), asked).filter(score__lt=NOT)
    found: dict[Square, set[int]] = {}
    rows = Site.objects.filter(service__in=fitting.values("pk"), east__isnull=False)
    for service, east, north in rows.values_list("service_id", "east", "north"):
        found.setdefault(((east or 0) // 1000, (north or 0) // 1000), set()).add(service)
    return {square: len(each) for square, each in found.items()}
