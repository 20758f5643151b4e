"""The addresses of partner funding, each with the permission that it asks. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.funding import views, views_agreements, views_costs, views_statements, views_time

app_name = "funding"
OF_AGENCY = "funding/statements/<int:agency>/<int:year>/"

urlpatterns = [
    route("funding/", views.funding, name="funding", may="funding.see"),
    route("funding/agreements/", views.agreements, name="agreements", may="funding.see"),
    route("funding/agree/", views.agree, name="agree", may="funding.agree"),
    route(
        "funding/agreements/<int:agreement>/", views_agreements.agreement, name="agreement", may="funding.see"
    ),
    route(
        "funding/due/<int:contribution>/",
        views_agreements.contribution,
        name="contribution",
        may="funding.see",
    ),
    route("funding/costs/", views_costs.costs, name="costs", may="funding.see"),
    route("funding/bought/", views.bought, name="bought", may="funding.see"),
    route(OF_AGENCY, views_statements.statement, name="statement", may="funding.see"),
    route(f"{OF_AGENCY}pdf/", views_statements.pdf, name="pdf", may="funding.see"),
    route(f"{OF_AGENCY}sheet/", views_statements.sheet, name="sheet", may="funding.see"),
    route("child/<int:file>/time/", views_time.time, name="time", may="visit.record"),
    route("our-share/", views_statements.own, name="own", may="statement.see"),
    route("our-share/<int:year>/", views_statements.own, name="own-year", may="statement.see"),
    route("our-share/<int:year>/pdf/", views_statements.own_pdf, name="own-pdf", may="statement.see"),
    route("our-share/<int:year>/sheet/", views_statements.own_sheet, name="own-sheet", may="statement.see"),
]
