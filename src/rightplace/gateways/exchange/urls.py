"""Addresses of the exchange: which returns were taken in, and what became of each child in one."""

from rightplace.foundation.access.routes import route
from rightplace.gateways.exchange import views
from rightplace.gateways.exchange.directory import views as directories

app_name = "exchange"

urlpatterns = [
    route("imports/", views.imports, name="imports", may="import.run"),
    route("imports/<int:number>/", views.one_import, name="import", may="import.run"),
    *directories.ROUTES,
]
