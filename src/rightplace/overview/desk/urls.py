"""The desk's addresses. They carry numbers only; what is searched for is posted, never in an address."""

from rightplace.foundation.access.routes import route
from rightplace.overview.desk import administering, finding, keeping, telling, views

app_name = "desk"
urlpatterns = [
    route("what-waits/", administering.what_waits, name="what-waits", may="organisation.manage"),
    route("my-day/", views.my_day, name="my-day", may="story.see"),
    route("team/", views.teams, name="teams", may="team.see"),
    route("team/<int:number>/", views.team, name="team", may="team.see"),
    route("find/", finding.find, name="find", may="child.find"),
    route("child/<int:file>/", telling.story, name="story", may="story.see"),
    route("child/<int:file>/due/<int:number>/", telling.why, name="why", may="timescale.see"),
    route("child/<int:file>/due/<int:number>/excuse/", keeping.excuse, name="excuse", may="timescale.excuse"),
    route("child/<int:file>/entries/<int:number>/", telling.entry, name="entry", may="story.see"),
    route(
        "child/<int:file>/entries/<int:number>/correct/", keeping.correct, name="correct", may="entry.correct"
    ),
    route(
        "child/<int:file>/entries/<int:number>/withdraw/",
        keeping.withdraw,
        name="withdraw",
        may="entry.withdraw",
    ),
    route("child/<int:file>/doubts/<int:number>/", keeping.settle, name="settle", may="doubt.settle"),
    route("child/<int:file>/note/", keeping.note, name="note", may="note.write"),
    route("child/<int:file>/visit/", keeping.visit, name="visit", may="visit.record"),
]
