"""Addresses of capacity. A question's name is a word of ours; an answer and a scenario are numbers."""

from rightplace.foundation.access.routes import route
from rightplace.overview.capacity import views, views_answer, views_scenarios
from rightplace.overview.capacity.policy import ASK, SEE

app_name = "capacity"
urlpatterns = [
    route("capacity/", views.first, name="first", may=SEE),
    route("capacity/answers/", views.answers, name="answers", may=SEE),
    route("capacity/answers/<int:number>/", views_answer.answer, name="answer", may=SEE),
    route("capacity/answers/<int:number>/numbers/", views_answer.numbers, name="numbers", may=SEE),
    route("capacity/ask/<slug:name>/", views.ask, name="ask", may=ASK),
    route("capacity/smallest/", views.smallest, name="smallest", may=ASK),
    route("capacity/scenarios/", views_scenarios.scenarios, name="scenarios", may=SEE),
    route("capacity/scenarios/write/", views_scenarios.write, name="write", may=ASK),
    route("capacity/scenarios/<int:number>/", views_scenarios.scenario, name="scenario", may=SEE),
    route("capacity/thresholds/", views.thresholds, name="thresholds", may=SEE),
]
