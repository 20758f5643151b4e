"""The one list of what can be permitted, each with a sentence and the app that answers for it.

An app claims its permissions with `declare` in its policy.py; roles hold them by name; whatever is not here is refused.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """Something that a role may hold."""

    name: str
    app: str
    sentence: str


def _of(app: str, **sentences: str) -> dict[str, Permission]:
    named = {key.replace("__", "."): sentence for key, sentence in sentences.items()}
    return {name: Permission(name, app, sentence) for name, sentence in named.items()}


PERMISSIONS: dict[str, Permission] = {
    **_of(
        "organisation",
        organisation__manage="Open and end teams, add workers, say who is in which team",
        organisation__absence="Say that somebody else is away and who covers",
        organisation__rota="Put workers on the out-of-hours rota",
        programme__keep="Begin a programme of change, say its posts, teams and first day",
        programme__evidence="Record what shows that a stage of a programme is done",
    ),
    **_of(
        "access",
        child__open="Open a child's file; outside one's own work with a reason",
        restriction__set="Restrict or seal a file, and say who may still open it",
        breakglass__use="Open a restricted file for an hour in an emergency, with a reason",
        breakglass__confirm="Be the second person without whom a sealed file stays shut",
        breakglass__review="Review, within one working day, each time that glass was broken",
        audit__read="Read who looked at what",
        withdrawn__read="Read, with a second officer, what was withdrawn from a file",
    ),
    **_of(
        "journal",
        entry__correct="Correct an entry, naming what was wrong",
        entry__withdraw="Strike an entry that is in the wrong family's file",
        erase__body="Erase what an entry says, with a second officer, when retention ends or a court orders it",
        doubt__settle="Settle a doubt about what was recorded",
        note__write="Write a note in a child's file",
        visit__record="Record a visit, made or attempted",
    ),
    **_of(
        "people",
        child__find="Find a child by name, birth date or address, with minimal identity",
        person__link="Say that two files are about the same person, or that they are not",
        duplicate__decide="Decide whether a likely match is the same child",
    ),
    **_of(
        "caseflow",
        offer__place="Offer a child to a team, and settle where a child goes who was sent back twice",
        offer__answer="Accept a child for one's team, or send the child back with a reason",
        worker__allocate="Say which worker has a child",
        case__close="Close a child's case, with the reason",
    ),
    **_of(
        "frontdoor",
        contact__raise="Raise a concern about a child",
        contact__see="See the contacts at the front door",
        contact__screen="Screen a contact: how urgent, what is missing",
        contact__decide="Decide what a contact needs, with reasons",
        check__ask="Ask an agency what it knows",
        check__answer="Answer what an agency was asked",
        follow__own_contact="Follow a concern that one raised oneself",
        disagree="Disagree with what was decided on one's own concern",
        vignette__decide="Decide invented cases blind, to see where managers differ",
        notice__triage="Look together at a domestic abuse notice and say what each agency knows",
    ),
    **_of(
        "signals",
        signal__give="Give signals that one's agency has, under its agreement",
        signal__see="See the signals of one's area, family by family",
        signal__decide="Take up a family's signals, or say why not",
        feed__agree="Agree to a feed of signals: basis, purpose, expiry",
        signal__hold="Confirm or lift a legal hold on signals, which keeps them past their day",
    ),
    **_of(
        "familysupport",
        familysupport__see="See the families whom a family support team works with",
        familysupport__write="Write a whole-family assessment, a plan, a review and what changed",
        familysupport__end="End family support, with what changed",
        familysupport__join="Take part in a team around the family to which one was invited",
    ),
    **_of(
        "assessment",
        assessment__write="Start and write an assessment",
        assessment__authorise="Authorise or send back an assessment that somebody else wrote",
    ),
    **_of(
        "protection",
        strategy__call="Call a strategy discussion and keep its minutes",
        strategy__attend="Take part in a strategy discussion to which one's agency was called",
    ),
    **_of(
        "schools",
        linkperson__set="Say who is a school's link person",
        question__ask="Ask one's school's link person",
        question__answer="Answer what schools ask",
        schools__import="Take in the national list of schools and what schools report",
    ),
    **_of(
        "funding",
        funding__agree="Make agreements on partner funding, and write down what was paid",
        funding__see="See agreements, contributions, unit costs and statements",
        statement__see="See one's own agency's agreement, contributions and statements",
    ),
    **_of(
        "partnership",
        board__see="See the partnership: commitments, answer times, attendance, disputes",
        board__keep="Keep the board: its members, meetings and commitments",
        dispute__raise="Raise a dispute between agencies, and answer one",
        dispute__settle="Settle a dispute between agencies",
        pilot__set="Begin or end a way of working for an area",
    ),
    **_of(
        "directory",
        directory__see="Look up what services there are",
        directory__keep="Keep the service directory, import and export it",
        directory__keep_own="Keep one's own organisation's entries in the directory",
        request__make="Ask a provider for a place for a family",
        request__answer="Accept or decline what one's organisation was asked",
    ),
    **_of(
        "workforce",
        establishment__see="See posts, who sits in them and what is vacant; a manager those of one's own team",
        establishment__keep="Open, freeze and end posts, and say who sits in which",
        establishment__figures="See how many posts and hours are filled, vacant, frozen or agency, without names",
        workload__see_own="See one's own workload in hours",
        workload__see="See the workload of one's team's, or one's area's, workers and managers",
        full__say="Say formally that one is full",
        full__answer="Answer a worker who said to be full",
        allocation__see="See who could best take a family, with reasons",
        allocation__rebalance="Work out a better spread of a team's families, and decide on it",
    ),
    **_of("partners", partner__see="See one's own agency's pages: what it asked, gave and was given"),
    **_of(
        "supervision",
        supervision__see_own="See one's own supervision, and prepare it",
        supervision__hold="Hold supervision with those whom one supervises",
        supervision__assure="See whether supervision happens, how often and how well, for one's managers",
        supervision__release="Ask for or confirm, as the second person, the release of a personal part",
    ),
    **_of(
        "learning",
        learning__see_own="See one's own learning, what one's role asks for and the next step of one's career",
        learning__see="See the learning of one's team",
        learning__keep="Keep courses and what each role asks for, and record who was trained",
    ),
    **_of(
        "performance",
        performance__see_own="See one's own objectives, recognition and support, and answer",
        performance__lead="Agree objectives, recognise good work, give informal support in one's team",
        performance__formal="Open and decide a formal stage of support, with representation",
    ),
    **_of(
        "recruitment",
        recruitment__see="See vacancies on their way to a first day, and retention",
        recruitment__keep="Keep vacancies' steps, candidates and interviews of those who stay or leave",
        recruitment__interview="Answer one's own stay or exit interview",
        initiative__keep="Begin, end and compare an initiative to recruit or keep staff",
    ),
    **_of(
        "restructure",
        restructure__see_own="See what a programme of change means for oneself",
        restructure__see="See a programme: structure, consultation, stages, evidence",
        restructure__keep="Keep a programme: flaws, causes, changes, measures, consultation, packs",
        restructure__publish="Publish a programme's results when every earlier stage has evidence",
        restructure__figures="See a programme's figures, small numbers left out",
    ),
    **_of(
        "selection",
        selection__prefer="Say which places one would like, and read one's own letter",
        selection__keep="Keep pools, places, panels, statutory offers and matching",
        selection__score="Score, as an appointed and trained panel member",
        selection__moderate="Settle where scorers differ, and ties on further evidence",
        appeal__raise="Appeal against what was decided on oneself",
        appeal__hear="Hear an appeal to which one is appointed, and decide it with reasons",
    ),
    **_of(
        "cutover",
        cutover__see="See a cut-over: which child moves where and when",
        cutover__run="Plan, rehearse and run a cut-over",
    ),
    **_of("disclosure", disclosure__record="Record what was shared or refused, with basis and purpose"),
    **_of(
        "desk",
        story__see="Read a child's story",
        timescale__see="See what is due for a child and why",
        timescale__excuse="Say that something due is not required, with the reason",
        team__see="See a team, its children and who has no worker",
    ),
    **_of(
        "leadership",
        figures__see="See the figures",
        figures__list="Open the list behind a figure, without names",
        figures__list_names="Open the list behind a figure, with names",
        figures__note="Write what is being done about a figure",
    ),
    **_of(
        "capacity",
        capacity__see="See what the capacity model answered: figures of teams, and no child",
        capacity__ask="Ask the capacity model what happens if, and keep, share and delete one's answers",
    ),
    **_of("web", style__see="See the design system's pages"),
    **_of("exchange", import__run="Take in another system's return"),
}

_claimed: dict[str, set[str]] = {}


class Undeclared(LookupError):
    """A permission, a scope or a relation that nobody declared. A fault of the program, never of the reader."""


def declare(app: str, *names: str) -> None:
    """Claim an app's permissions. The list above says which app each belongs to, and both must agree."""
    for name in names:
        if permission(name).app != app:
            raise Undeclared(f"The permission {name} belongs to {permission(name).app}, not to {app}.")
    _claimed.setdefault(app, set()).update(names)


def permission(name: str) -> Permission:
    """The permission of that name. Raises Undeclared where there is none."""
    if name not in PERMISSIONS:
        raise Undeclared(f"There is no permission {name}; add it to access/permissions.py with its sentence.")
    return PERMISSIONS[name]


def claimed(app: str) -> frozenset[str]:
    """The permissions that an app has declared."""
    return frozenset(_claimed.get(app, ()))
