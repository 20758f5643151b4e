"""Leaders' addresses. A figure's name is a word of ours; a team, an area and a moment are numbers."""

from rightplace.foundation.access.routes import route
from rightplace.overview.leadership import views

app_name = "leadership"
urlpatterns = [
    route("leadership/", views.director, name="director", may="figures.see"),
    route("figures/<slug:name>/", views.figure, name="figure", may="figures.see"),
]
