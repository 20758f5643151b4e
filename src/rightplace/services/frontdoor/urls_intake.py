"""Addresses of those who tell: the public, partners, and a worker with a caller on the line."""

from rightplace.foundation.access.routes import PUBLIC, SIGNED_IN, route
from rightplace.services.frontdoor import views_concerns, views_public, views_telephone

urlpatterns = [
    route("", views_public.first, name="first", may=PUBLIC),
    route("tell/", views_public.tell, name="tell", may=PUBLIC),
    route("tell/<int:number>/", views_public.step, name="tell-step", may=PUBLIC),
    route("tell/check/", views_public.check, name="tell-check", may=PUBLIC),
    route("tell/received/", views_public.received, name="tell-received", may=PUBLIC),
    route("tell/done/", views_public.done, name="tell-done", may=PUBLIC),
    route("follow/", views_public.follow, name="follow", may=PUBLIC),
    route("concerns/", views_concerns.concerns, name="concerns", may="follow.own_contact"),
    route("concerns/new/", views_concerns.begin, name="raise", may="contact.raise"),
    route("concerns/drafts/<uuid:draft>/", views_concerns.form, name="concern-form", may="contact.raise"),
    route(
        "concerns/drafts/<uuid:draft>/check/", views_concerns.check, name="concern-check", may="contact.raise"
    ),
    route(
        "concerns/drafts/<uuid:draft>/sent/", views_concerns.sent, name="concern-sent", may="contact.raise"
    ),
    route("concerns/<int:concern>/", views_concerns.concern, name="concern", may="follow.own_contact"),
    route("concerns/<int:concern>/disagree/", views_concerns.say_disagree, name="disagree", may="disagree"),
    route(
        "concerns/<int:concern>/attached/<int:number>/",
        views_telephone.attachment,
        name="attachment",
        may=SIGNED_IN,
    ),
    route("telephone/", views_telephone.search, name="telephone", may="contact.screen"),
    route("telephone/begin/", views_telephone.begin, name="telephone-begin", may="contact.screen"),
    route("telephone/<uuid:draft>/", views_telephone.form, name="telephone-form", may="contact.screen"),
]
