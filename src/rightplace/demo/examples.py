"""*Use the example*: what fills a form of the story when its page is asked for with `?example=…`. Nothing is sent by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpRequest, QueryDict

from rightplace.demo.material.strip import StoryChild, strip
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation.models import Agency, Worker

Values = Mapping[str, str | Sequence[str]]
AGREES = "told and agrees"


def concern(request: HttpRequest | None = None) -> dict[str, list[str]]:
    """The school's form."""
    told, family = strip().forms["raise"], strip().family
    school = strip().person("school")
    found = {
        "danger": told["danger_now"],
        "together": "yes",
        "address_line": family.home,
        "address_postcode": family.postcode,
        "saw": told["saw"],
        "wants": told["wants"],
        "family_told": AGREES,
        "lawful_basis": "public task",
        "your_role": school.title,
        "your_phone": school.telephone,
        "children-count": str(len(strip().children)),
    }
    for place, child in enumerate(strip().children):
        found |= {f"children-{place}-{name}": value for name, value in child_fields(child).items()}
    return {name: [value] for name, value in found.items()}


def child_fields(child: StoryChild) -> dict[str, str]:
    """One child, as the school knows the child."""
    return {
        "given": child.given,
        "family": child.family,
        "born_day": str(child.born.day),
        "born_month": str(child.born.month),
        "born_year": str(child.born.year),
        "sex": child.sex,
    }


def screen(actor: Actor, which: str) -> Values:
    """The first look."""
    return {"grade": strip().forms["screen"]["grade"], "reasons": strip().forms["screen"]["reasons"]}


def same(actor: Actor, which: str) -> Values:
    """Two spellings, one child."""
    return {"same": "yes", "reasons": strip().forms["settle"]["reasons"]}


def ask(actor: Actor, which: str) -> Values:
    """What the police are asked."""
    form = strip().forms["check"]
    agency = (
        Agency.objects.filter(name=strip().person("police").works_at).values_list("pk", flat=True).first()
    )
    return {
        "agency": str(agency or ""),
        "question": form["question"],
        "sent": form["sent"],
        "basis": form["basis"],
        "purpose": form["purpose"],
        "family_told": AGREES,
    }


def check(actor: Actor, which: str) -> Values:
    """What the police answer."""
    form = strip().forms["check"]
    return {"known": "known", "answer": form["answer"], "answered_by": form["answered_by"]}


def decide(actor: Actor, which: str) -> Values:
    """The first try, which is refused, and the decision."""
    if which == "advice":
        form = strip().forms["first_try"]
        indicators: Sequence[str] = ("child.health.tired-hungry",)
    else:
        form = strip().forms["decide"]
        indicators = form["indicators"]
    told = strip().forms["feedback"]
    return {
        "separately": "no",
        "all-level": form["level"],
        "all-indicators": list(indicators),
        "all-route": form["route"],
        "all-reasons": form["reasons"],
        "all-alternatives": form["alternatives"],
        "all-dissent": form.get("dissent", ""),
        "lawful_basis": form.get("lawful_basis", "public task"),
        "family_told": AGREES,
        "text": told["text"] if which != "advice" else "",
        "next_steps": told["next_steps"] if which != "advice" else "",
        "to_do": told["to_do"] if which != "advice" else "",
    }


def offer(actor: Actor, which: str) -> Values:
    """The team accepts; who has the child is said on the child's own page."""
    return {"note": strip().forms["accept"]["note"], "worker": ""}


def worker(actor: Actor, which: str) -> Values:
    """The worker whom the team's manager chooses."""
    name = strip().person(strip().forms["allocate"]["worker"]).name
    chosen = Worker.objects.filter(name=name).values_list("pk", flat=True).first()
    return {"worker": str(chosen or ""), "reasons": strip().forms["allocate"]["reasons"]}


FORMS: Mapping[str, Callable[[Actor, str], Values]] = {
    "frontdoor:screen": screen,
    "frontdoor:same": same,
    "frontdoor:ask": ask,
    "frontdoor:check": check,
    "frontdoor:decide": decide,
    "caseflow:offer": offer,
    "caseflow:worker": worker,
}
NAMES = {
    "frontdoor:raise": (("1", "Use the example"),),
    "frontdoor:concern-form": (("1", "Use the example"),),
    "frontdoor:decide": (("advice", "Use the example: advice"), ("1", "Use the example: family support")),
}
"""The examples of a page and their words; every other form has one."""


def offered(name: str) -> tuple[tuple[str, str], ...]:
    """The examples of a page: what stands behind `?example=`, and the words of the link."""
    found = NAMES.get(name)
    if found is not None:
        return found
    return (("1", "Use the example"),) if name in FORMS else ()


def typed(values: Values) -> QueryDict:
    """Values in the shape in which a form is posted."""
    found = QueryDict(mutable=True)
    for name, value in values.items():
        found.setlist(name, [value] if isinstance(value, str) else list(value))
    return found


def fill(request: HttpRequest, name: str, actor: Actor, concern_number: int) -> None:
    """Let the page that is asked for show the example as if it had been typed. A GET never writes what a form says."""
    which = request.GET.get("example", "")
    if request.method != "GET" or not which or name not in FORMS:
        return
    values = typed(FORMS[name](actor, which))
    if name == "frontdoor:decide":
        from rightplace.services.frontdoor import decisiondrafts

        decisiondrafts.keep(actor, concern_number, values)
    else:
        request.POST = values  # type: ignore[assignment]
