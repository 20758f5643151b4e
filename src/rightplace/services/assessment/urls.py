"""The addresses of assessment, each with the permission that it asks."""

from rightplace.foundation.access.routes import route
from rightplace.services.assessment import views, writing

app_name = "assessment"
urlpatterns = [
    route("assessments/", views.team, name="list", may="assessment.write"),
    route("assessments/to-authorise/", views.waiting, name="to-authorise", may="assessment.authorise"),
    route("assessments/<int:assessment>/", views.one, name="one", may="assessment.write"),
    route("assessments/<int:assessment>/write/", writing.write, name="write", may="assessment.write"),
    route("assessments/<int:assessment>/keep/", writing.keep, name="keep", may="assessment.write"),
    route(
        "assessments/<int:assessment>/authorise/",
        views.authorise,
        name="authorise",
        may="assessment.authorise",
    ),
    route("child/<int:file>/assessment/", views.of_child, name="of-child", may="assessment.write"),
]
