"""What stands around a page and is not its own: navigation, who is signed in, and slots that other apps fill.

The design system knows no service. An app registers what it adds in its `apps.py`:
`register_links` for navigation, `register_search` and `register_story` once, `register_slot` for the rest.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from markupsafe import Markup, escape

from rightplace.foundation.access.actor import Actor


@dataclass(frozen=True)
class NavLink:
    """One place in the navigation. Smaller orders stand further left."""

    text: str
    href: str
    order: int = 50
    count: int | None = None


@dataclass(frozen=True)
class Who:
    """Whose page this is, for the header; `sign_out` is an address that takes a POST."""

    name: str
    role: str
    team: str = ""
    sign_out: str = ""


Links = Callable[[HttpRequest], Iterable[NavLink]]


@dataclass
class _Registered:
    slots: dict[str, list[Callable[[HttpRequest], str]]] = field(default_factory=dict)
    links: list[Links] = field(default_factory=list)
    who: Callable[[HttpRequest], Who | None] | None = None
    search: Callable[[HttpRequest], str] | None = None
    story: Callable[[int], str] | None = None


_registered = _Registered()


def register_slot(name: str, fill: Callable[[HttpRequest], str]) -> None:
    """Fill a slot of every page: `strip` (top of the page), `place` (a council's name or logo) or `foot`; or `planning`, where
    somebody's day and the figures leave room for what plans ahead.

    What is returned is escaped unless it is Markup; nothing is shown for an empty string.
    """
    fillers = _registered.slots.setdefault(name, [])
    if fill not in fillers:
        fillers.append(fill)


def register_links(links: Links) -> None:
    """Add places to the navigation, each time as the person in the request may see them."""
    if links not in _registered.links:
        _registered.links.append(links)


def register_who(who: Callable[[HttpRequest], Who | None]) -> None:
    """Say otherwise than by the actor of the request who is signed in, or nobody."""
    _registered.who = who


def register_search(search: Callable[[HttpRequest], str]) -> None:
    """Say where the search box sends its words, by POST; an empty string hides it."""
    _registered.search = search


def register_story(story: Callable[[int], str]) -> None:
    """Say where a child's story is, by the number of a file, for the pages of apps that know no desk."""
    _registered.story = story


def story_address(file: int) -> str:
    """Where the story of a file's child is; an empty string where no app shows one."""
    return _registered.story(file) if _registered.story else ""


def slot(name: str, request: HttpRequest | None) -> Markup:
    """What the apps put into a slot of this page."""
    if request is None:
        return Markup("")
    return Markup("").join(escape(fill(request)) for fill in _registered.slots.get(name, ()))


def links(request: HttpRequest | None) -> list[NavLink]:
    """The navigation of this person, in order."""
    if request is None:
        return []
    found = [link for each in _registered.links for link in each(request)]
    return sorted(found, key=lambda link: (link.order, link.text))


IN_THE_ROW = 6
"""Places that stand side by side; those of somebody who has more are one tap away, under More."""


def in_the_row(found: list[NavLink], here: str) -> tuple[list[NavLink], list[NavLink]]:
    """What stands in the row, and what is under More. The place where one is stands in the row."""
    if len(found) <= IN_THE_ROW + 1:
        return found, []
    row, more = found[:IN_THE_ROW], found[IN_THE_ROW:]
    return row + [link for link in more if link.href == here], [link for link in more if link.href != here]


def current(request: HttpRequest | None, found: list[NavLink]) -> str:
    """The address of the place that this page is in: the longest that its own address begins with."""
    path = request.path if request else ""
    inside = [
        link.href for link in found if path == link.href or path.startswith(link.href.rstrip("/") + "/")
    ]
    return max((href for href in inside if href != "/" or path == "/"), key=len, default="")


def who(request: HttpRequest | None) -> Who | None:
    """Whose page this is: whoever acts in the request, unless an app registered another answer."""
    if request is None:
        return None
    if _registered.who:
        return _registered.who(request)
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return None
    return Who(actor.name, actor.role_name.lower(), actor.team_name, reverse("account_logout"))


def search(request: HttpRequest | None) -> str:
    return _registered.search(request) if request and _registered.search else ""


SLASH_COOKIE = "slash"


def slash_on(request: HttpRequest | None) -> bool:
    """Whether `/` moves to search. A person may switch it off (WCAG 2.1.4)."""
    return request is None or request.COOKIES.get(SLASH_COOKIE) != "off"
