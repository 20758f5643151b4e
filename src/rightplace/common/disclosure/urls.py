"""The addresses of what was shared, each with the permission that it asks."""

from rightplace.common.disclosure import views
from rightplace.foundation.access.routes import route

app_name = "disclosure"
urlpatterns = [
    route("child/<int:file>/shared/", views.of_child, name="of-child", may="disclosure.record"),
    route("child/<int:file>/shared/new/", views.share, name="share", may="disclosure.record"),
    route("child/<int:file>/shared/refused/", views.refuse, name="refuse", may="disclosure.record"),
    route("shared/", views.own, name="own", may="partner.see"),
    route("shared/exactly/<int:number>/", views.exactly, name="exactly-own", may="partner.see"),
    route(
        "shared/exactly/<int:number>/text/", views.exactly_text, name="exactly-own-text", may="partner.see"
    ),
    route(
        "shared/exactly/<int:number>/attached/<int:attached>/",
        views.attached,
        name="attached-own",
        may="partner.see",
    ),
    route(
        "child/shared/<int:number>/text/", views.exactly_text, name="exactly-text", may="disclosure.record"
    ),
    route(
        "child/shared/<int:number>/attached/<int:attached>/",
        views.attached,
        name="attached",
        may="disclosure.record",
    ),
    route("child/shared/<int:number>/", views.exactly, name="exactly", may="disclosure.record"),
]
