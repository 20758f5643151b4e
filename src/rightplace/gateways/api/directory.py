"""The directory of services for everybody: the read API of Open Referral UK 3.0, its pages and its search.

It is public, as the standard means it: what organisations offer to families, and nothing about any family.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Schema
from pydantic import Field

from rightplace.foundation.access.routes import PUBLIC
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.places.places import square_of
from rightplace.gateways.api.mounting import Needs, mount
from rightplace.services.directory import standard as std
from rightplace.services.directory.finding import now_open
from rightplace.services.directory.judging import LONGEST_ID
from rightplace.services.directory.mending import known_as, mended
from rightplace.services.directory.models import DirectoryRecord, Opening, Service, Site
from rightplace.services.directory.nesting import nested
from rightplace.services.directory.shelf import Fields, Shelf
from rightplace.services.directory.values import time_in

MOST = 100
PROFILE = "https://docs.openreferraluk.org/"
DAYS = {"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}
KINDS = {
    "organizations": "organization", "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term",
    "service_at_locations": "service_at_location",
}  # fmt: skip
NAMES = ("directory", "services", "service", *(f"{name}{end}" for name in KINDS for end in ("", "-one")))

router = mount("directory", {name: Needs(PUBLIC) for name in NAMES})
Rows = QuerySet[DirectoryRecord]


Words = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


class Asked(Schema):
    """What a list is asked for; what is empty is not asked."""

    search: Words = ""
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    per_page: Annotated[int, Field(ge=1, le=MOST)] = 50
    full: bool = False
    minimal: bool = False
    modified_after: datetime | None = None
    organization_id: Words = ""
    taxonomy_term_id: Words = ""
    taxonomy_id: Words = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    start_time: Words = ""
    end_time: Words = ""
    day: Words = ""
    postcode: Words = ""
    proximity: float | None = None


def _records(kind: str) -> Rows:
    """The records of a kind that their sources still have."""
    return DirectoryRecord.objects.filter(kind=kind, ends__isnull=True, missing_since__isnull=True)


def _page(asked: Asked, total: int, contents: Sequence[Any]) -> dict[str, Any]:
    """A page as the standard has it."""
    pages = max(1, -(-total // asked.per_page))
    return {
        "total_items": total, "total_pages": pages, "page_number": asked.page, "size": len(contents),
        "first_page": asked.page == 1, "last_page": asked.page >= pages, "empty": not contents,
        "contents": list(contents),
    }  # fmt: skip


def _cut(asked: Asked, rows: QuerySet[Any]) -> list[Any]:
    return list(rows[(asked.page - 1) * asked.per_page : asked.page * asked.per_page])


@router.get("/", url_name="directory", summary="What this API is")
def about(request: HttpRequest) -> dict[str, str]:
    """Version and profile, as the standard asks."""
    return {
        "version": "3.0", "profile": PROFILE, "openapi_url": request.build_absolute_uri(reverse("api:openapi")),
    }  # fmt: skip


@router.get("/services", url_name="services", summary="Services, a page at a time")
def services(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Services with their organisation; with `full`, everything that belongs to them."""
    rows = _services(asked)
    total = rows.count()
    found = _cut(asked, rows.select_related("organisation").order_by("name", "id"))
    if asked.minimal:
        ids = [{"id": known_as("service", row.ident), "modified_date": row.modified} for row in found]
        return _page(asked, total, ids)
    shelf = _shelf_around("service", [row.ident for row in found], asked.full)
    return _page(asked, total, [_told(shelf, "service", row.ident, asked.full) for row in found])


def _services(asked: Asked) -> QuerySet[Service]:
    rows = Service.objects.filter(missing_since__isnull=True)
    for word in asked.search.split()[:6]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(words__icontains=word) | Q(organisation__name__icontains=word)
        )
    if asked.taxonomy_term_id:
        rows = rows.filter(terms__contains=[_own(asked.taxonomy_term_id, "taxonomy_term")])
    if asked.taxonomy_id:
        rows = rows.filter(taxonomies__contains=[_own(asked.taxonomy_id, "taxonomy")])
    if asked.organization_id:
        rows = rows.filter(organisation__ident=_own(asked.organization_id, "organization"))
    if asked.minimum_age is not None:
        rows = rows.filter(youngest__gte=asked.minimum_age)
    if asked.maximum_age is not None:
        rows = rows.filter(oldest__lte=asked.maximum_age)
    if asked.modified_after is not None:
        rows = rows.filter(modified__gte=asked.modified_after)
    return _near(asked, _open(asked, rows))


def _open(asked: Asked, rows: QuerySet[Service]) -> QuerySet[Service]:
    """Services open on a day, from a time on or until one."""
    hours = Opening.objects.filter(now_open(clock.today()), service=OuterRef("pk"))
    first, last, day = time_in(asked.start_time), time_in(asked.end_time), DAYS.get(asked.day[:2].upper())
    if not (asked.day or asked.start_time or asked.end_time):
        return rows
    if asked.day:
        hours = hours.filter(days__contains=[day or 0])
    if asked.start_time:
        hours = hours.filter(opens__gte=first) if first else hours.none()
    if asked.end_time:
        hours = hours.filter(closes__lte=last) if last else hours.none()
    return rows.filter(Exists(hours))


def _near(asked: Asked, rows: QuerySet[Service]) -> QuerySet[Service]:
    """Services within so many metres of the middle of a postcode's square kilometre."""
    if not asked.postcode:
        return rows
    square = square_of(asked.postcode)
    if square is None:
        return rows.none()
    if asked.proximity is None:
        return rows
    east, north, far = square[0] * 1000 + 500, square[1] * 1000 + 500, min(asked.proximity, 1_000_000.0)
    sites = Site.objects.filter(service=OuterRef("pk"), east__range=(east - far, east + far))
    sites = sites.filter(north__range=(north - far, north + far))
    return rows.filter(Exists(sites))


def _own(ident: str, kind: str) -> str:
    """An id as its source wrote it: an id that we worked out is looked up among those that are no UUIDs."""
    if not std.UUID_SHAPE.fullmatch(ident) or _records(kind).filter(ident=ident).exists():
        return ident
    odd = _records(kind).exclude(ident__regex=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
    return next(
        (each for each in odd.values_list("ident", flat=True) if known_as(kind, each) == ident), ident
    )


@router.get("/services/{ident}", url_name="service", summary="One service with everything that belongs to it")
def service(request: HttpRequest, ident: str) -> Fields:
    """One service, nested."""
    return _one("service", ident)


def _one(kind: str, ident: str) -> Fields:
    own = _own(ident.replace("\x00", "")[:LONGEST_ID], kind)
    shelf = _shelf_around(kind, [own], True)
    if shelf.one(kind, own) is None:
        raise Http404
    return _told(shelf, kind, own, True)


def _told(shelf: Shelf, kind: str, ident: str, full: bool) -> Fields:
    """An object with everything inside it, or with what there is one of."""
    fields = shelf.one(kind, ident) or {"id": ident}
    if full:
        return nested(shelf, kind, fields)
    found = mended(kind, fields)
    for name, (child, field) in std.TABLES[kind].ones.items():
        other = shelf.one(child, fields.get(field))
        if other is not None:
            found[name] = mended(child, other)
    return found


def _shelf_around(kind: str, idents: list[str], full: bool) -> Shelf:
    """The records that hang on these objects, some steps on; not the whole directory for one page of it."""
    if not full:
        rows = list(_records(kind).filter(ident__in=idents))
        named = {(child, str(row.fields.get(field))) for row in rows
                 for child, field in std.TABLES[kind].ones.values()}  # fmt: skip
        for child in {child for child, _ in named}:
            rows += _records(child).filter(ident__in=[ident for of, ident in named if of == child])
        return _shelf(rows)
    return _closure(kind, idents)


def _shelf(rows: Sequence[DirectoryRecord]) -> Shelf:
    return Shelf((row.kind, row.ident, row.fields) for row in rows)


FIELDS = ("service_id", "organization_id", "location_id", "contact_id", "phone_id", "link_id", "service_at_location_id",
          "taxonomy_id")  # fmt: skip


HOLDERS = (*std.HOLDERS, "address", "accessibility", "organization_identifier")
"""What leads on to what hangs on it; a taxonomy does not lead to all of its terms unless it was asked for."""


def _closure(kind: str, idents: list[str]) -> Shelf:
    """What an object names and what names it, until nothing more comes: services do not lead to their neighbours."""
    found: dict[int, DirectoryRecord] = {row.pk: row for row in _records(kind).filter(ident__in=idents)}
    edge = list(found.values())
    current = DirectoryRecord.objects.filter(ends__isnull=True, missing_since__isnull=True)
    while edge:
        named = [
            str(said) for row in edge for name, said in row.fields.items() if std.named_by(name) and said
        ]
        holders = [row.ident for row in edge if row.kind in HOLDERS or row.kind == kind]
        hang = Q()
        for name in FIELDS:
            hang |= Q(**{f"fields__{name}__in": holders})
        rows = current.filter((Q(ident__in=named) & ~Q(kind=kind)) | (hang & ~Q(kind__in=("service", kind))))
        edge = [row for row in rows if row.pk not in found]
        found |= {row.pk: row for row in edge}
    return _shelf(list(found.values()))


def _list(kind: str) -> Callable[..., dict[str, Any]]:
    def answer(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
        rows = _records(kind)
        if kind == "service_at_location":
            rows = rows.filter(fields__service_id__in=list(_services(asked).values_list("ident", flat=True)))
        elif asked.search:
            rows = rows.filter(fields__name__icontains=asked.search)
        if kind == "taxonomy_term" and asked.taxonomy_id:
            rows = rows.filter(fields__taxonomy_id=_own(asked.taxonomy_id, "taxonomy"))
        total = rows.count()
        found = _cut(asked, rows.order_by("ident", "id"))
        shelf = _shelf_around(kind, [row.ident for row in found], asked.full)
        return _page(asked, total, [_told(shelf, kind, row.ident, asked.full) for row in found])

    return answer


def _single(kind: str) -> Callable[..., Fields]:
    def answer(request: HttpRequest, ident: str) -> Fields:
        return _one(kind, ident)

    return answer


for _name, _kind in KINDS.items():
    router.get(
        f"/{_name}", url_name=_name, operation_id=f"list_{_name}", summary=f"{_name}, a page at a time"
    )(_list(_kind))
    router.get(
        f"/{_name}/{{ident}}", url_name=f"{_name}-one", operation_id=f"one_{_kind}", summary=f"One {_kind}"
    )(_single(_kind))
