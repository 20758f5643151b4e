"""The addresses of schools and their link people, each with the permission that it asks."""

from rightplace.foundation.access.routes import route
from rightplace.services.schools import views, views_linking

app_name = "schools"
urlpatterns = [
    route("link-person/", views.own, name="own", may="question.ask"),
    route("link-person/new/", views.ask, name="ask", may="question.ask"),
    route("link-person/<int:concern>/", views.question, name="question", may="question.ask"),
    route("school-questions/", views.asked, name="asked", may="question.answer"),
    route("school-questions/<int:concern>/", views.answer, name="answer", may="question.answer"),
    route("link-people/", views_linking.linked, name="linked", may="linkperson.set"),
    route("link-people/<int:school>/", views_linking.link, name="link", may="linkperson.set"),
    route("away/", views_linking.away, name="away", may="organisation.absence"),
    route("away/<int:absence>/back/", views_linking.back, name="back", may="organisation.absence"),
    route("school-lists/", views_linking.all_lists, name="lists", may="schools.import"),
    route("school-lists/<int:number>/", views_linking.one_list, name="list", may="schools.import"),
]
