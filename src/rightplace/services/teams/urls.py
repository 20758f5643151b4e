"""The addresses of teams and people: numbers only, each for who manages the organisation."""

from rightplace.foundation.access.routes import route
from rightplace.services.teams import views, views_people
from rightplace.services.teams.policy import KEEPS

app_name = "teams"
urlpatterns = [
    route("teams/", views.teams, name="teams", may=KEEPS),
    route("teams/new/", views.team_new, name="team-new", may=KEEPS),
    route("teams/<int:team>/", views.team, name="team", may=KEEPS),
    route("teams/<int:team>/change/", views.team_change, name="team-change", may=KEEPS),
    route("teams/<int:team>/join/", views.join, name="join", may=KEEPS),
    route("teams/<int:team>/area/", views.take_area, name="take-area", may=KEEPS),
    route("teams/areas/<int:taken>/end/", views.area_end, name="area-end", may=KEEPS),
    route("teams/<int:team>/end/", views.team_end, name="team-end", may=KEEPS),
    route("memberships/<int:membership>/end/", views.membership_end, name="membership-end", may=KEEPS),
    route("people/", views_people.people, name="people", may=KEEPS),
    route("people/new/", views_people.person_new, name="person-new", may=KEEPS),
    route("people/<int:worker>/", views_people.person, name="person", may=KEEPS),
    route("people/<int:worker>/account/", views_people.account, name="account", may=KEEPS),
    route("people/<int:worker>/end/", views_people.person_end, name="person-end", may=KEEPS),
]
