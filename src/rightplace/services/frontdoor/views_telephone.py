"""A front door worker takes a concern by telephone: search first, then the same questions on one dense page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from rightplace.common.documents.serving import sent_to_be_saved
from rightplace.common.questions import drafts
from rightplace.common.questions.asking import Asked, Typed
from rightplace.common.questions.models import Draft
from rightplace.common.questions.sets import question_set
from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.domain.practice.servicemodels import service_models
from rightplace.domain.practice.workdays import from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.people import queries as people
from rightplace.foundation.people.finding.asking import parse
from rightplace.foundation.people.projections import Person
from rightplace.services.frontdoor import telling
from rightplace.services.frontdoor.answering import Answered, count_of, parts, shown, stays, take_post
from rightplace.services.frontdoor.examples import example_for
from rightplace.services.frontdoor.presenters.words import words_of
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.told import told_on_the_telephone

SET = "concern-telephone"
TITLE = "Take a concern by telephone"
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Hit:
    """One child whom the search found, with just enough to tell children apart."""

    person: int
    name: str
    more: str
    why: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Search before anything is written: the child may be known."""
    actor = actor_in(request)
    asked = _words(request)
    draft = _draft_named(actor, request.POST.get("draft") or request.GET.get("draft") or "")
    hits: list[Hit] | None = None
    problems = []
    if request.method == "POST":
        if asked:
            found = people.find(actor, asked, request_id=str(getattr(request, "request_id", "")))
            hits = [_hit(each) for each in found]
        else:
            problems = [{"text": "Write a name, a birth date or an address to search for.", "href": "#words"}]
    return page(
        request,
        "frontdoor/telling/telephone.jinja",
        title=TITLE,
        heading=TITLE,
        hits=hits,
        words=asked,
        draft=draft,
        problems=problems,
    )


def _words(request: HttpRequest) -> str:
    """What is searched for: letters only, and not without end."""
    return request.POST.get("words", "").replace("\0", "").strip()[:LONGEST_SEARCH]


def _hit(found: people.FoundPerson) -> Hit:
    return Hit(
        found.person.person, found.person.name, _identity(found.person, found.team, found.part), found.why
    )


def _identity(person: Person, team: Team | None, part: str) -> str:
    age = people.age_of(person, clock.today())
    years = words.count_words(age, "year", none="under a year") if age is not None else "age not known"
    place = person.postcode or ("address protected" if person.protected else "address not known")
    where = f"{_part_words(part)}, {team.name}, {team.phone}" if team else "not open to a team"
    return f"{years} · {place} · {where}"


def _part_words(code: str) -> str:
    """The part of the system in the words of the model in force."""
    return service_models().model_at(from_datetime(clock.now())).part(code).title.lower() if code else "open"


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with a child who was found, or with one who is none of these."""
    actor = actor_in(request)
    chosen = request.POST.get("child", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 20):
        return _choose_again(request, actor)
    child = int(chosen)
    asked = _words(request)
    draft = _draft_named(actor, request.POST.get("draft", ""))
    typed = drafts.typed_of(draft) if draft else dict(example_for(request, SET) or {})
    filled = _with_child(actor, typed, child, asked, more=draft is not None)
    if draft is None:
        draft, _ = drafts.begin(SET, by=actor, typed=filled)
    else:
        drafts.replace_typed(draft, filled)
    return HttpResponseRedirect(reverse("frontdoor:telephone-form", args=[draft.pk]))


def _choose_again(request: HttpRequest, actor: Actor) -> HttpResponse:
    asked = _words(request)
    hits = [_hit(each) for each in people.find(actor, asked)] if asked else None
    problems = [{"text": "Choose the child, or “none of these”.", "href": "#child"}]
    draft = _draft_named(actor, request.POST.get("draft", ""))
    return page(
        request,
        "frontdoor/telling/telephone.jinja",
        title=TITLE,
        heading=TITLE,
        hits=hits,
        words=asked,
        draft=draft,
        problems=problems,
    )


def _with_child(actor: Actor, typed: Typed, child: int, asked: str, *, more: bool) -> dict[str, list[str]]:
    """What is typed, with one more child: found, or as the search was worded."""
    found = {name: list(values) for name, values in typed.items()}
    place = count_of(typed) if more else 0
    found["children-count"] = [str(place + 1)]
    own = _known(actor, child) if child else _worded(asked)
    home = {name: own.pop(name) for name in list(own) if name.startswith("address_")}
    if not any(found.get(name, [""])[-1] for name in ("address_line", "address_postcode", "address_unknown")):
        found |= {name: [value] for name, value in home.items() if value}
    return found | {f"children-{place}-{name}": [value] for name, value in own.items() if value}


def _known(actor: Actor, child: int) -> dict[str, str]:
    person = scope(actor, Person).filter(person=child).first()
    if person is None:
        raise Http404
    home = {"address_unknown": "on"} if person.protected else {
        "address_line": person.address, "address_postcode": person.postcode,
    }  # fmt: skip
    name = {"given": person.given, "family": person.family, "described": "" if person.given else person.name}
    return {"file": str(child), **name, **home}


def _worded(asked: str) -> dict[str, str]:
    """What the words of the search already say of a child."""
    read = parse(asked, clock.today().toordinal())
    names = [name.title() for name in read.names]
    found = {
        "given": names[0] if names else "",
        "family": " ".join(names[1:]),
        "address_postcode": read.postcode,
    }
    if read.birth:
        day = clock.today().fromordinal(read.birth)
        found |= {"born_day": str(day.day), "born_month": str(day.month), "born_year": str(day.year)}
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The questions on one page; taken in without a page between, since somebody is on the line."""
    actor = actor_in(request)
    kept = drafts.of_worker(actor, draft, set_id=SET)
    if kept.sent is not None:
        return HttpResponseRedirect(reverse("frontdoor:concern-sent", args=[draft]))
    if request.method != "POST":
        return _form_page(request, Answered(kept, drafts.typed_of(kept)), bound=False)
    answered = take_post(request, kept)
    if answered.do == "search-child":
        return HttpResponseRedirect(f"{reverse('frontdoor:telephone')}?draft={draft}")
    if answered.do == "throw-away":
        drafts.discard(kept)
        return HttpResponseRedirect(reverse("frontdoor:telephone"))
    if stays(answered) or answered.do == "later":
        return _form_page(request, answered, bound=False)
    asked = Asked(question_set(SET).question, answered.typed, bound=True)
    if not asked.is_valid():
        return _form_page(request, answered, bound=True)
    files = files_of(answered.typed)
    allowed = set(scope(actor, Person).filter(person__in=files.values()).values_list("person", flat=True))
    files = {place: file for place, file in files.items() if file in allowed}
    telling.send(kept, lambda attached: told_on_the_telephone(asked, files), actor)
    return HttpResponseRedirect(reverse("frontdoor:concern-sent", args=[draft]))


def files_of(typed: Typed) -> dict[int, int]:
    """The children who were found first, by their place on the form."""
    found = {}
    for place in range(count_of(typed)):
        said = (typed.get(f"children-{place}-file") or [""])[-1]
        if said.isdigit():
            found[place] = int(said)
    return found


def _form_page(request: HttpRequest, answered: Answered, *, bound: bool) -> HttpResponse:
    actor = actor_in(request)
    asked = Asked(question_set(SET).question, answered.typed, bound=bound)
    if bound:
        asked.is_valid()
    known = _known_children(actor, files_of(answered.typed))
    if known:
        record_reading(actor, [hit.person for hit in known.values()], "telephone form")
    more = shown(
        asked, answered, parts=parts(SET), saved=words.clock_time(answered.draft.saved), known=known,
        back=reverse("frontdoor:telephone"),
    )  # fmt: skip
    return page(request, "frontdoor/telling/call.jinja", title=TITLE, heading=TITLE, **more)


def _known_children(actor: Actor, files: Mapping[int, int]) -> dict[int, Hit]:
    persons = {p.person: p for p in scope(actor, Person).filter(person__in=files.values())}
    spans = people.spans_now(list(persons))
    teams = Team.objects.in_bulk([span.team for span in spans.values() if span.team])
    found = {}
    for place, file in files.items():
        person, span = persons.get(file), spans.get(file)
        if person is not None:
            now_open = span if span is not None and span.open else None
            team = teams.get(now_open.team) if now_open else None
            found[place] = Hit(file, person.name, _identity(person, team, now_open.part if now_open else ""))
    return found


def _draft_named(actor: Actor, typed: str) -> Draft | None:
    try:
        return drafts.of_worker(actor, UUID(typed), set_id=SET)
    except (ValueError, Http404):
        return None


def attachment(request: HttpRequest, concern: int, number: int) -> HttpResponse:
    """What is attached to a contact, sent to be saved; for the front door, and for the one who attached it."""
    actor = actor_in(request)
    contact = scope(actor, Contact).filter(concern=concern).first()
    if contact is None or not _may_open(actor, contact):
        raise Http404
    told = words_of(actor, concern).received
    if told is None or number not in told.attachments:
        raise Http404
    return sent_to_be_saved(request, actor, concern, number)


def _may_open(actor: Actor, contact: Contact) -> bool:
    if may(actor, "contact.see"):
        return may(actor, "contact.see", contact)
    return contact.told_by == actor.worker and may(actor, "follow.own_contact", contact)
