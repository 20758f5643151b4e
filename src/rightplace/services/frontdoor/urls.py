"""The front door's addresses: raising and following a concern, and working at it."""

from rightplace.services.frontdoor.urls_intake import urlpatterns as telling
from rightplace.services.frontdoor.urls_staff import urlpatterns as working

app_name = "frontdoor"
urlpatterns = [*telling, *working]
