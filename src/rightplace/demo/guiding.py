"""How far the guided story has come: worked out from the journal and from who has read what, never from clicks.

So it follows whoever plays it, in whatever order, and a second browser sees the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from rightplace.common.caseflow.projections import Offer
from rightplace.demo import choosing
from rightplace.demo.material.strip import Step, strip
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.journal.models import File
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.people.projections import Duplicate, Person
from rightplace.services.frontdoor.projections import Check, Contact


@dataclass
class Story:
    """What there is of the story so far."""

    contact: Contact | None = None
    files: dict[str, int] = field(default_factory=dict)
    check: Check | None = None
    duplicate: Duplicate | None = None
    offers: list[Offer] = field(default_factory=list)
    read: dict[str, bool] = field(default_factory=dict)

    @property
    def first_file(self) -> int:
        """The file of the first child of the story."""
        return self.files.get(strip().children[0].given, 0)


def story() -> Story:
    """Look where the story is."""
    found = Story()
    told = Contact.objects.filter(told_by__in=_workers("school"), received__gte=strip().starts).order_by(
        "-received"
    )
    found.contact = told.first()
    if found.contact is None:
        return found
    children = found.contact.children
    persons = dict(File.objects.filter(id__in=children).values_list("id", "person"))
    names = dict(Person.objects.filter(person__in=persons.values()).values_list("person", "given"))
    for file, child in zip(children, strip().children, strict=False):
        found.files[child.given if len(children) > 1 else names.get(persons[file], child.given)] = file
    police = Membership.objects.filter(worker__in=_workers("police")).values_list("team__agency", flat=True)
    checks = Check.objects.filter(concern=found.contact.concern).order_by("asked")
    found.check = checks.filter(agency__in=police).first() or checks.first()
    found.duplicate = Duplicate.objects.filter(file__in=children, settled=False).first()
    found.offers = list(Offer.objects.filter(file__in=children).order_by("offered", "id"))
    found.read = _read(found, list(persons.values()))
    return found


def _workers(key: str) -> list[int]:
    return list(Worker.objects.filter(name=strip().person(key).name).values_list("id", flat=True))


def _read(found: Story, persons: list[int]) -> dict[str, bool]:
    """What has been read since it was there to be read: the child's story and why, the outcome, the figure's list."""
    files = [*found.files.values(), *persons]
    audit = ReadAudit.objects.filter(at__gte=strip().starts)
    contact = found.contact
    assert contact is not None
    outcome = audit.filter(
        what="own concern", files__contains=[contact.concern], worker__in=_workers("school")
    )
    figure = audit.filter(what="leadership:figure", worker__in=_workers("director"))
    return {
        "story": audit.filter(what="desk:story", files__overlap=files).exists(),
        "why": audit.filter(what="desk:why", files__overlap=files).exists(),
        "outcome": contact.told is not None and outcome.filter(at__gte=contact.told).exists(),
        "figure": figure.filter(files__overlap=files).exists(),
    }


def done(found: Story) -> list[bool]:
    """Which of the steps are done, in their order."""
    contact, check = found.contact, found.check
    accepted = bool(found.offers) and all(offer.state != "open" for offer in found.offers)
    decided = contact is not None and contact.decided is not None
    return [
        contact is not None,
        decided or (check is not None and found.duplicate is None),
        decided or (check is not None and check.answered is not None),
        decided,
        accepted,
        found.read.get("why", False),
        found.read.get("outcome", False),
        found.read.get("figure", False),
    ]


@dataclass(frozen=True)
class Guide:
    """What the strip says now: the step, and the one button to the next person's page."""

    step: Step
    number: int
    of: int
    membership: int
    who: str
    is_me: bool
    address: str
    examples: tuple[tuple[str, str], ...] = ()
    finished: bool = False


def guide(worker: int) -> Guide | None:
    """What the strip says to whoever this is now; None when the people of the story are not there."""
    found = story()
    steps = strip().steps
    place = next((number for number, each in enumerate(done(found)) if not each), len(steps))
    step = steps[min(place, len(steps) - 1)]
    row = choosing.membership_of(strip().person(step.person))
    if row is None:
        return None
    return Guide(
        step=step,
        number=min(place, len(steps) - 1) + 1,
        of=len(steps),
        membership=row.pk,
        who=row.worker.name,
        is_me=row.worker_id == worker,
        address=address_of(step, found) if place < len(steps) else reverse("demo:after"),
        finished=place >= len(steps),
    )


def address_of(step: Step, found: Story) -> str:
    """The page that a step happens on; the person's first page where it is not there yet."""
    concern = found.contact.concern if found.contact else 0
    if step.page == "raise":
        return reverse("frontdoor:raise")
    if step.page == "inbox":
        return reverse("frontdoor:inbox")
    if step.page == "check":
        return (
            reverse("frontdoor:check", args=[found.check.id]) if found.check else reverse("frontdoor:checks")
        )
    if step.page == "decide" and concern:
        return reverse("frontdoor:decide", args=[concern])
    if step.page == "offers":
        return reverse("caseflow:offers")
    if step.page == "story" and found.first_file:
        return reverse("desk:story", args=[found.first_file])
    if step.page == "outcome" and concern:
        return reverse("frontdoor:concern", args=[concern])
    if step.page == "leadership":
        return reverse("leadership:director")
    return "/"
