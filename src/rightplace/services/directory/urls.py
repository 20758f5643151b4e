"""The directory's addresses, each with the permission that it asks."""

from rightplace.foundation.access.routes import route
from rightplace.services.directory import views, views_requests

app_name = "directory"

urlpatterns = [
    route("services/", views.lookup, name="find", may="directory.see"),
    route("services/own/", views.own, name="own", may="directory.keep_own"),
    route("services/own/add/", views.add, name="add", may="directory.keep_own"),
    route("services/own/<int:number>/", views.keep_own, name="keep_own", may="directory.keep_own"),
    route("services/<int:number>/", views.service, name="service", may="directory.see"),
    route("services/<int:number>/keep/", views.keep, name="keep", may="directory.keep"),
    route("services/for/<int:file>/", views.for_family, name="family", may="request.make"),
    route("services/for/<int:file>/<int:number>/", views.service_for, name="service_for", may="request.make"),
    route("services/for/<int:file>/<int:number>/ask/", views_requests.ask, name="ask", may="request.make"),
    route("places/", views_requests.desk, name="desk", may="request.answer"),
    route("places/<int:entry>/", views_requests.answer, name="answer", may="request.answer"),
    route("places-asked/", views_requests.asked, name="asked", may="request.make"),
    route("places-asked/<int:entry>/", views_requests.one_request, name="request", may="request.make"),
]
