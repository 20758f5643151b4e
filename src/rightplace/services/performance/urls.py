"""This app's addresses, each with the permission that it asks. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.performance import views, views_support

app_name = "performance"

urlpatterns = [
    route("my-objectives/", views.mine, name="mine", may="performance.see_own"),
    route("my-objectives/new/", views.propose, name="propose", may="performance.see_own"),
    route("my-objectives/month/", views.my_figures, name="my-figures", may="performance.see_own"),
    route("objectives/<int:number>/", views.objective, name="objective", may="performance.see_own"),
    route("thanks/", views.team_thanks, name="team-thanks", may="performance.see_own"),
    route("thanks/new/", views.thank, name="thank", may="performance.see_own"),
    route("thanks/<int:number>/share/", views.share, name="share", may="performance.see_own"),
    route("team-objectives/", views.team, name="team", may="performance.lead"),
    route("team-objectives/<int:number>/", views.worker, name="worker", may="performance.lead"),
    route("team-objectives/<int:number>/new/", views.propose, name="propose-for", may="performance.lead"),
    route(
        "team-objectives/<int:number>/month/", views.worker_figures, name="figures", may="performance.lead"
    ),
    route("team-objectives/<int:number>/support/", views_support.begin, name="begin", may="performance.lead"),
    route("support/", views_support.formal, name="formal", may="performance.formal"),
    route("support/<int:number>/", views_support.matter, name="matter", may="performance.see_own"),
    route("support/<int:number>/<slug:stage>/", views_support.step, name="step", may="performance.see_own"),
]
