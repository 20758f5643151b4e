"""What is mailed to those who told, and to the desks that are asked: a number or a day, and where to look. No name of
anybody, no word of what was told."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import send_mail

from rightplace.common.disclosure.letters import tell_desks
from rightplace.common.web import words
from rightplace.foundation.organisation.models import Agency, Team, Worker
from rightplace.services.frontdoor.following import answer_by
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Check, Contact

SUBJECTS = {
    "contact.received": "We have received what you told us: {number}",
    "contact.read": "A person has read what you told us: {number}",
    "contact.told": "There is an answer to what you told us: {number}",
}


def write_to_sender(task: str, payload: Mapping[str, int | str]) -> None:
    """Write to the colleague who raised a concern. A visitor gave no address, and gets no mail."""
    contact = Contact.objects.filter(concern=int(payload["concern"])).first()
    worker = Worker.objects.filter(pk=contact.told_by, kind=Worker.Kind.PARTNER).first() if contact else None
    if contact is None or worker is None or not worker.email:
        return
    subject = SUBJECTS[task].format(number=contact.receipt)
    send_mail(subject, _text(task, contact), settings.DEFAULT_FROM_EMAIL, [worker.email])


def _text(task: str, contact: Contact) -> str:
    team = Team.objects.filter(pk=contact.team).first()
    lines = [f"Number: {contact.receipt}", f"Received: {words.when(contact.received)}"]
    if task == "contact.received" and (by := answer_by(contact.concern)):
        lines.append(f"You will hear by: {by}")
    lines += ["", "Sign in to Rightplace to follow it, under “Concerns you raised”."]
    if team and team.phone:
        lines.append(f"If something changes, ring {team.name}: {team.phone}.")
    lines.append("If a child is in danger now, call 999.")
    return "\n".join(lines)


def write_to_asked(payload: Mapping[str, int | str]) -> None:
    """Write to the desks that were asked last about a concern, and have not answered."""
    waiting = Check.objects.filter(concern=int(payload["concern"]), answered__isnull=True).exclude(agency=0)
    last = waiting.order_by("-asked").values_list("asked", flat=True).first()
    for agency, due in waiting.filter(asked=last).values_list("agency", "due"):
        tell_desks([agency], "check.answer", by=due)


def write_to_table(payload: Mapping[str, int | str]) -> None:
    """Write to the desks that sit at a joint triage and have not spoken."""
    for row in Triage.objects.filter(concern=int(payload["concern"]), decided__isnull=True):
        silent = set(row.agencies) - set(row.heard)
        partners = Agency.objects.filter(pk__in=silent).exclude(kind=Agency.Kind.AUTHORITY)
        tell_desks(partners.values_list("pk", flat=True), "notice.triage", by=row.tell_by)
