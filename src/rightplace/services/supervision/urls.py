"""Supervision's addresses, each with the permission that it asks. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.supervision import views, views_assuring, views_releasing

app_name = "supervision"

urlpatterns = [
    route("supervision/", views.mine, name="mine", may="supervision.see_own"),
    route("supervision/supervising/", views.team, name="team", may="supervision.hold"),
    route("supervision/plan/<int:worker>/", views.plan, name="plan", may="supervision.hold"),
    route("supervision/<int:number>/", views.session, name="session", may="supervision.see_own"),
    route("supervision/<int:number>/put-off/", views.put_off, name="put-off", may="supervision.hold"),
    route("supervision/<int:number>/child/<int:file>/", views.decide, name="decide", may="supervision.hold"),
    route(
        "supervision/<int:number>/action/<int:entry>/<int:place>/", views.action, name="action",
        may="supervision.see_own",
    ),
    route("supervision/<int:number>/correct/<int:word>/", views.correct, name="correct", may="supervision.see_own"),
    route("supervision/child/<int:file>/workers/", views_assuring.workers, name="workers", may="supervision.hold"),
    route("supervision/assurance/", views_assuring.assurance, name="assurance", may="supervision.assure"),
    route(
        "supervision/supervisor/<int:worker>/", views_assuring.supervisor, name="supervisor", may="supervision.assure"
    ),
    route("supervision/lines/", views_assuring.lines, name="lines", may="supervision.assure"),
    route("supervision/releases/", views_releasing.releases, name="releases", may="supervision.release"),
    route("supervision/releases/ask/", views_releasing.choose, name="choose", may="supervision.release"),
    route("supervision/releases/ask/<int:number>/", views_releasing.ask, name="ask", may="supervision.release"),
    route("supervision/releases/<int:number>/", views_releasing.release, name="release", may="supervision.release"),
]  # fmt: skip
