"""Seeds the service directory: an invented one taken in by the importer, providers at their desks, requests at all stages."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from rightplace.demo import material
from rightplace.domain.practice.entries.directory import Answer
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.accounts import make_account
from rightplace.foundation.access.actor import CIN_IMPORT, RULES, Actor, actor_of
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import Agency, Membership, Team
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.exchange.directory.importing import import_path
from rightplace.services.directory import requests
from rightplace.services.directory.families import Family, ReasonFirst, family_of
from rightplace.services.directory.models import Service
from rightplace.services.directory.places import say_places
from rightplace.services.directory.prefilled import least_to_send
from rightplace.services.directory.projections import ServiceRequest

SAMPLE = Path(material.__file__).parent / "directory"
NAME = "Aldermere directory of services"
PROVIDERS = (
    ("Otterfold Youth Club", "Rosalind Tapper", "01632 960221"),
    ("Aldermere Young Carers", "Idris Penhale", "01632 960222"),
    ("Windmill Families", "Greta Holloway", "01632 960223"),
    ("New Ground Welcome", "Samir Attwell", "01632 960224"),
)
ASKING_ROLES = (RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FAMILY_SUPPORT_MANAGER, RoleCode.SOCIAL_WORKER)
A_WORKER = 3
MOST = 36
STAGES = ("accepted", "declined", "waiting", "unread", "read", "late", "given back")
"""What becomes of the requests, one after another, so that each desk shows each of them."""
WHY_NOT = "We have nobody for this age until the summer. Kitehaven may have room sooner."


def seed(population: int, seed: int) -> None:
    """Take the directory in, seat the providers, and ask for places."""
    rng = Random(f"{seed}:directory")  # noqa: S311  (a demonstration, not a secret)
    now = clock.now()
    with clock.clock_at(now - timedelta(days=120)):
        providers = dict(filter(None, (_provider(*each) for each in PROVIDERS)))
    with clock.clock_at(now - timedelta(days=90)):
        import_path(SAMPLE, by=CIN_IMPORT, source=NAME)
        for service in Service.objects.filter(organisation__agency__in=list(providers)).order_by(
            "name", "id"
        ):
            say_places(service, rng.choice((0, 2, 3, 5, 8)), by=providers[service.organisation.agency_id])  # type: ignore[union-attr,index]
    _requests(rng, providers, now)


def _provider(agency_name: str, name: str, phone: str) -> tuple[int, Actor] | None:
    """Somebody who answers for the services of an agency, at its desk."""
    agency = Agency.objects.filter(name=agency_name).first()
    desk = Team.objects.filter(agency=agency, kind=Team.Kind.PARTNER_DESK).order_by("id").first()
    if agency is None or desk is None:
        return None
    today = clock.today()
    word = name.lower().replace(" ", ".")
    worker = actions.add_worker(
        name=name,
        kind="partner",
        begins=today,
        agency=agency,
        email=f"{word}@providers.example",
        phone=phone,
        by=RULES,
    )
    membership = actions.join_team(worker=worker, team=desk, role=RoleCode.PROVIDER, begins=today, by=RULES)
    make_account(worker=worker, username=word, by=RULES)
    return agency.pk, actor_of(membership)


def _requests(rng: Random, providers: dict[int, Actor], now: datetime) -> None:
    """Workers ask for the children they work with; those of the story's area first."""
    services = list(
        Service.objects.filter(organisation__agency__in=list(providers)).select_related("organisation")
    )
    services.sort(key=lambda each: (each.name, each.pk))
    made = 0
    for actor in _askers():
        for family in _families(actor, now):
            if made >= MOST or not services:
                return
            _ask(
                rng, actor, family, services[made % len(services)], providers, STAGES[made % len(STAGES)], now
            )
            made += 1


def _askers() -> list[Actor]:
    """Workers of family support and assessment, the story's own first."""
    from rightplace.demo.material.strip import strip

    story = {person.name: place for place, person in enumerate(strip().people)}
    rows = Membership.objects.filter(role__in=ASKING_ROLES, ends__isnull=True, worker__ends__isnull=True)
    found = list(rows.select_related("worker", "team").order_by("team_id", "id"))
    found.sort(key=lambda row: story.get(row.worker.name, 99))
    return [actor_of(row) for row in found[:60]]


def _families(actor: Actor, now: datetime) -> list[Family]:
    """A few children whom the actor works with, open for some weeks."""
    own = Span.objects.filter(
        team=actor.team, open=True, opened__lte=now - timedelta(days=30), begins__lte=now
    )
    own = own.exclude(ends__lte=now)
    if actor.role != RoleCode.FAMILY_SUPPORT_MANAGER:
        own = own.filter(worker=actor.worker)
    found = []
    for person in own.order_by("person").values_list("person", flat=True).distinct()[:A_WORKER]:
        try:
            found.append(family_of(actor, person))
        except (NotAllowed, ReasonFirst):
            continue
    return found


def _ask(
    rng: Random, actor: Actor, family: Family, service: Service, providers: dict[int, Actor], stage: str, now: datetime
) -> None:  # fmt: skip
    days = {"unread": 0, "read": 1, "late": 9}.get(stage, rng.randint(8, 25))
    at = now - timedelta(days=days, minutes=rng.randint(20, 100))
    with clock.clock_at(at):
        asking = requests.Asking(
            need=(service.headings or ["A place"])[0], sent=least_to_send(family, actor), basis="consent",
            purpose="To find out whether there is a place for this child", agreed_by="the mother, at home",
        )  # fmt: skip
        try:
            written = requests.ask_for_place(family=family, service=service, asking=asking, by=actor)
        except Refused:
            return
    _answered(stage, written[0].id, providers[service.organisation.agency_id], at)  # type: ignore[union-attr,index]


def _answered(stage: str, entry: int, provider: Actor, at: datetime) -> None:
    """What the provider did with it since."""
    if stage in ("unread", "late"):
        return
    with clock.clock_at(at + timedelta(minutes=15)):
        requests.open_request(request=_row(entry), by=provider)
    answers: dict[str, tuple[Answer, str]] = {
        "accepted": (Answer.ACCEPTED, ""), "declined": (Answer.DECLINED, WHY_NOT), "given back": (Answer.ACCEPTED, ""),
        "waiting": (Answer.WAITING, "Third on the list; we expect a place after Easter."),
    }  # fmt: skip
    if stage not in answers:
        return
    answer, why = answers[stage]
    starts = (at + timedelta(days=7)).date() if answer is Answer.ACCEPTED else None
    with clock.clock_at(at + timedelta(days=2)):
        requests.answer_request(request=_row(entry), answer=answer, by=provider, starts=starts, reasons=why)
    if stage == "given back":
        with clock.clock_at(at + timedelta(days=6)):
            requests.answer_request(
                request=_row(entry),
                answer=Answer.ENDED,
                by=provider,
                reasons="The family moved to another area.",
            )


def _row(entry: int) -> ServiceRequest:
    return ServiceRequest.objects.get(entry=entry)
