"""The addresses of the front door's working pages, each with the permission that it asks."""

from rightplace.foundation.access.routes import route
from rightplace.services.frontdoor import views_deciding, views_same, views_staff

CONTACT = "front-door/contact/<int:concern>/"

urlpatterns = [
    route("front-door/", views_staff.inbox, name="inbox", may="contact.see"),
    route(CONTACT, views_staff.contact, name="contact", may="contact.see"),
    route(f"{CONTACT}grade/", views_staff.screen, name="screen", may="contact.screen"),
    route(f"{CONTACT}ask/", views_staff.ask, name="ask", may="check.ask"),
    route(f"{CONTACT}decide/", views_deciding.decide, name="decide", may="contact.decide"),
    route(f"{CONTACT}same/<int:duplicate>/", views_same.same, name="same", may="duplicate.decide"),
    route("front-door/link/<int:file>/<int:other>/", views_same.link, name="link", may="person.link"),
    route("front-door/part/<int:file>/<int:leaving>/", views_same.unlink, name="unlink", may="person.link"),
    route("checks/", views_staff.checks, name="checks", may="check.answer"),
    route("checks/<int:check>/", views_staff.check, name="check", may="check.answer"),
]
