"""This app's addresses, each with the permission that it asks. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.learning import views, views_keeping

app_name = "learning"

urlpatterns = [
    route("my-learning/", views.mine, name="mine", may="learning.see_own"),
    route("my-learning/career/", views.career, name="career", may="learning.see_own"),
    route("my-learning/book/<int:number>/", views.book, name="book", may="learning.see_own"),
    route("my-learning/<int:number>/", views.booking, name="booking", may="learning.see_own"),
    route(
        "my-learning/certificate/<int:number>/", views.certificate, name="certificate", may="learning.see_own"
    ),
    route("first-year/<int:number>/", views.first_year, name="first-year", may="learning.see_own"),
    route("learning/", views_keeping.team, name="team", may="learning.see"),
    route("learning/effect/", views_keeping.effect, name="effect", may="learning.see"),
    route("learning/sheet/", views_keeping.sheet, name="sheet", may="learning.see"),
    route("courses/", views_keeping.courses, name="courses", may="learning.keep"),
    route("courses/take/", views_keeping.take, name="take", may="learning.keep"),
    route("courses/<int:number>/", views_keeping.course, name="course", may="learning.keep"),
]
