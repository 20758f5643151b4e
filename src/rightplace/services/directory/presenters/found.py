"""What was found for a family or for anybody: each service in a line, with the reasons for and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from rightplace.common.web import palette, words
from rightplace.common.web.charts import Caption
from rightplace.common.web.maps import CityMap, _key
from rightplace.common.web.maps import Square as MapSquare
from rightplace.common.web.pieces import Pages
from rightplace.common.web.tags import Tag
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.places import places
from rightplace.services.directory.families import Family
from rightplace.services.directory.finding import NOT, Asked, Found, Square
from rightplace.services.directory.models import Service
from rightplace.services.directory.reasons import facts, reasons


@dataclass(frozen=True)
class Line:
    """One service that was found."""

    name: str
    href: str
    organisation: str
    facts: str
    alert: str
    tags: Sequence[Tag]


@dataclass(frozen=True)
class Group:
    """Services that stand alike to what was asked."""

    heading: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class FoundPage:
    """The page: what was found, in three groups, and where the rest is."""

    sentence: str
    groups: Sequence[Group]
    pages: Pages
    map_href: str
    checked: str


def found_page(
    asked: Asked, found: Found, address: str, query: Mapping[str, list[str]], family: Family | None
) -> FoundPage:
    """Gather the page of what was found."""
    today = clock.today()
    lines: dict[int, list[Line]] = {0: [], 1: [], 2: []}
    for service in found.services:
        score: int = service.score  # type: ignore[attr-defined]
        place = 0 if score == 0 else 1 if score < NOT else 2
        lines[place].append(_line(service, asked, found, family))
    headings = (
        f"{'By name' if asked == Asked() else 'Fits all that was asked'} ({found.fit})",
        f"Nothing against it, something not known ({found.perhaps})",
        f"Does not fit in something ({found.against})",
    )  # fmt: skip
    kept = {name: said for name, said in query.items() if name not in ("page", "view")}
    href = (
        f"{address}?{urlencode([*((n, v) for n, each in kept.items() for v in each), ('page', '')])}{{page}}"
    )
    return FoundPage(
        sentence=_sentence(asked, found), groups=[Group(headings[n], each) for n, each in lines.items() if each],
        pages=Pages(found.number, found.last, href),
        map_href=f"{address}?{urlencode([*((n, v) for n, each in kept.items() for v in each), ('view', 'map')])}",
        checked=words.plain_day(today),
    )  # fmt: skip


def _sentence(asked: Asked, found: Found) -> str:
    if asked == Asked() and found.total:
        return f"All {words.count_words(found.total, 'service')} of the directory, by name."
    if not found.total:
        return "Nothing in the directory speaks of this. Ask for less, or try other words."
    return f"{words.count_words(found.fit, 'service fits', 'services fit')} in all that was asked, of {found.total:,}."


def _line(service: Service, asked: Asked, found: Found, family: Family | None) -> Line:
    sites, openings = found.sites.get(service.pk, []), found.openings.get(service.pk, [])
    href = reverse("directory:service", args=[service.pk])
    if family:
        href = reverse("directory:service_for", args=[family.file, service.pk])
    return Line(
        name=service.name, href=href, organisation=service.organisation.name if service.organisation else "",
        facts=facts(service, openings, sites, getattr(service, "nearest", None), clock.today()), alert=service.alert,
        tags=[each.tag for each in reasons(service, asked, sites, openings, clock.today())],
    )  # fmt: skip


class ServiceMap(CityMap):
    """Where services are. They are no people: one of them is shown as one."""

    @property
    def legend(self) -> list[tuple[Markup, str]]:
        """The steps, and that the rest has none; the last sign is the family's own square."""
        steps = super().legend[: len(self.edges)]
        return [*steps, (_key(palette.WHITE, palette.QUIET), "no service here")]

    def _square(self, x: int, y: int, square: MapSquare) -> Markup:
        drawn: Markup = super()._square(x, y, square)
        if square.value:
            return drawn
        said = str(drawn).replace(f"url(#{self.drawn}-hatch)", palette.WHITE)
        return Markup(said.replace("not known", "no service"))  # noqa: S704  drawn and escaped by the map


def map_of(found: Mapping[Square, int], total: int) -> ServiceMap:
    """The city with the services that nothing speaks against."""
    inside = places.area_by_square()
    squares = [
        MapSquare(east, north, inside[(east, north)].number, found.get((east, north)) or None, count=99)
        for east, north in places.squares()
        if (east, north) in inside
    ]
    told = sum(1 for square in squares if square.value)
    return ServiceMap(
        finding=f"Services lie in {told} of the city’s {len(squares)} squares.",
        squares=squares, areas={area.number: area.title for area in places.areas()}, figure="Services",
        caption=Caption(clock.now(), total, "sites of services", "From the service directory."), adds_up=False,
    )  # fmt: skip
