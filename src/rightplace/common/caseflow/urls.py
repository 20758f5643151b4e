"""The addresses of hand-overs, each with the permission that it asks."""

from rightplace.common.caseflow import views, views_step, views_worker
from rightplace.foundation.access.routes import route

app_name = "caseflow"
urlpatterns = [
    route("offers/", views.offers, name="offers", may="offer.answer"),
    route("offers/<int:offer>/", views.offer, name="offer", may="offer.answer"),
    route("offers/<int:offer>/withdraw/", views.withdraw, name="withdraw", may="offer.place"),
    route("child/<int:file>/offer/", views.offer_on, name="offer-on", may="offer.place"),
    route("child/<int:file>/place/", views.place, name="place", may="offer.place"),
    route("child/<int:file>/worker/", views_worker.worker, name="worker", may="worker.allocate"),
    route("child/<int:file>/worker/end/", views_worker.end_worker, name="end-worker", may="worker.allocate"),
    route("child/<int:file>/step/", views_step.step, name="step", may="offer.place"),
    route("child/<int:file>/close/", views.close, name="close", may="case.close"),
]
