"""The addresses of the front door's working pages, each with the permission that it asks."""

from rightplace.foundation.access.routes import SIGNED_IN, route
from rightplace.services.frontdoor import (
    views_answering,
    views_blind,
    views_checks,
    views_deciding,
    views_rota,
    views_same,
    views_staff,
    views_triage,
)

CONTACT = "front-door/contact/<int:concern>/"

urlpatterns = [
    route("front-door/", views_staff.inbox, name="inbox", may="contact.see"),
    route(CONTACT, views_staff.contact, name="contact", may="contact.see"),
    route(f"{CONTACT}grade/", views_staff.screen, name="screen", may="contact.screen"),
    route(f"{CONTACT}ask/", views_checks.ask, name="ask", may="check.ask"),
    route(f"{CONTACT}decide/", views_deciding.decide, name="decide", may="contact.decide"),
    route(f"{CONTACT}decide/keep/", views_deciding.keep, name="decide-keep", may="contact.decide"),
    route(f"{CONTACT}same/<int:duplicate>/", views_same.same, name="same", may="duplicate.decide"),
    route(f"{CONTACT}blind/", views_blind.contact, name="blind", may="vignette.decide"),
    route(f"{CONTACT}disagreement/", views_rota.disagreement, name="disagreement", may="contact.decide"),
    route("front-door/rota/", views_rota.rota, name="rota", may="organisation.rota"),
    route("front-door/blind/", views_blind.cases, name="cases", may="vignette.decide"),
    route("front-door/blind/compare/", views_blind.compare, name="compare", may="vignette.decide"),
    route("front-door/blind/<slug:name>/", views_blind.vignette, name="vignette", may="vignette.decide"),
    route("front-door/link/<int:file>/<int:other>/", views_same.link, name="link", may="person.link"),
    route("front-door/part/<int:file>/<int:leaving>/", views_same.unlink, name="unlink", may="person.link"),
    route("checks/", views_checks.checks, name="checks", may="check.answer"),
    route("checks/<int:check>/", views_answering.check, name="check", may="check.answer"),
    route("checks/<int:check>/take/", views_answering.take, name="check-take", may="check.answer"),
    route(
        "checks/<int:check>/attached/<int:number>/",
        views_answering.attached,
        name="check-attached",
        may=SIGNED_IN,
    ),
    route(f"{CONTACT}triage/", views_triage.begin, name="triage-begin", may="notice.triage"),
    route("notices/", views_triage.notices, name="notices", may="notice.triage"),
    route("notices/<int:triage>/", views_triage.notice, name="notice", may="notice.triage"),
    route("notices/<int:triage>/decide/", views_triage.decide, name="notice-decide", may="notice.triage"),
]
