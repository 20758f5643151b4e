"""The addresses of a partner's own pages."""

from rightplace.foundation.access.routes import route
from rightplace.overview.partners import views

app_name = "partners"
urlpatterns = [
    route("our-page/", views.own, name="own", may="partner.see"),
    route("our-page/compared/", views.compared, name="compared", may="partner.see"),
]
