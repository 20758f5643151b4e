"""What is mailed about a question: that there is one, or an answer, and where to look. No name, no word of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from django.conf import settings
from django.core.mail import send_mail

from rightplace.common.web import words
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.linkpeople import link_person_on
from rightplace.foundation.organisation.models import Worker
from rightplace.services.schools.projections import Question

SUBJECTS = {
    "question.asked": "A school asks you something",
    "question.read": "Your question has been opened",
    "question.answered": "Your question has an answer",
}
Payload = Mapping[str, int | str]


def written_for(task: str) -> Callable[[Payload], None]:
    """What is done for one kind of news."""
    return partial(write, task)


def write(task: str, payload: Payload) -> None:
    """Write to whoever links the school today when it asks, and to whoever asked when it is opened or answered."""
    question = Question.objects.filter(concern=int(payload["concern"])).first()
    if question is None:
        return
    number = question.asked_by
    if task == "question.asked":
        linked = link_person_on(question.school, clock.today())
        number = linked.worker if linked else question.link
    worker = Worker.objects.filter(pk=number).first()
    if worker is None or not worker.email:
        return
    send_mail(SUBJECTS[task], _text(question), settings.DEFAULT_FROM_EMAIL, [worker.email])


def _text(question: Question) -> str:
    lines = [f"Asked: {words.when(question.asked)}"]
    if question.answered is None and question.due is not None:
        lines.append(f"Answered by: {words.plain_day(question.due)}")
    return "\n".join([*lines, "", "Sign in to Rightplace to read it."])
