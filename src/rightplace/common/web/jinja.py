"""The templates' environment: where they come from, their filters, and what is missing is a fault.

Named in the settings as the `environment` of Django's Jinja2 backend.
"""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Undefined,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from rightplace import __version__
from rightplace.common.web import forms, frame, words
from rightplace.common.web.refusals import refusal_summary


class Missing(StrictUndefined):
    """A name or attribute that is not there is a fault, except a key of a plain dictionary or a macro's caller.

    GOV.UK's macros take their options as one dictionary and ask for every key they know; our own pages are
    filled from classes, so a misspelt attribute is still found.
    """

    def __new__(cls, hint: Any = None, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        if isinstance(obj, dict) or hint == "No caller defined":
            return Undefined(hint, obj, *args, **kwargs)
        return super().__new__(cls)


def environment(**options: Any) -> Environment:
    """Build the environment for Django's Jinja2 backend; everything is escaped."""
    own: BaseLoader = options.pop("loader")
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    options |= {"undefined": Missing, "trim_blocks": True, "lstrip_blocks": True}
    found = Environment(**options | {"loader": ChoiceLoader([own, govuk]), "autoescape": True})  # noqa: S701 it is on
    found.globals.update(
        url=url,
        static=_static,
        slot=_slot,
        navigation=_navigation,
        who=_who,
        search_address=_search,
        slash_on=_slash_on,
        component=forms.component,
        refusal_summary=refusal_summary,
        count_words=words.count_words,
        undefined=Undefined(name="undefined"),  # GOV.UK's macros name these two, as their Nunjucks did
        null=None,
    )
    found.filters.update(
        when=words.when,
        day=_day,
        plain_day=words.plain_day,
        clock=words.clock_time,
        age=_age,
        initials=words.initials,
        count_words=words.count_words,
    )
    return found


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a route; arguments are numbers or opaque, never names."""
    return reverse(name, args=args, kwargs=kwargs)


def _static(name: str) -> str:
    """The address of a file that we serve; a new release has new addresses, so that no browser keeps an old one."""
    return f"{static(name)}?v={__version__}"


def _request(context: Context) -> HttpRequest | None:
    found = context.get("request")
    return found if isinstance(found, HttpRequest) else None


@pass_context
def _slot(context: Context, name: str) -> Markup:
    return frame.slot(name, _request(context))


class Navigation(NamedTuple):
    """The places of one page: the row in the shape of GOV.UK's component, and what is under More."""

    row: list[dict[str, Any]]
    further: list[frame.NavLink]


@pass_context
def _navigation(context: Context) -> Navigation:
    """The places of this person, asked of the apps once a page."""
    request = _request(context)
    found = frame.links(request)
    here = frame.current(request, found)
    row, further = frame.in_the_row(found, here)
    shaped = [
        {
            "text": link.text if link.count is None else f"{link.text} ({link.count})",
            "href": link.href,
            "active": link.href == here,
            "current": bool(request and request.path == link.href),
        }
        for link in row
    ]
    return Navigation(shaped, further)


@pass_context
def _who(context: Context) -> frame.Who | None:
    return frame.who(_request(context))


@pass_context
def _search(context: Context) -> str:
    return frame.search(_request(context))


@pass_context
def _slash_on(context: Context) -> bool:
    return frame.slash_on(_request(context))


@pass_context
def _day(context: Context, day: words.Day, now: Any = None) -> str:
    """“Tue 3 Mar 2026, in 3 working days”, by the page's own now."""
    return words.day_words(day, now or context["now"])


@pass_context
def _age(context: Context, born: words.Day | None, now: Any = None) -> str:
    return words.age(born, now or context["now"])
