"""The restructure's addresses, each with the permission that it asks. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.restructure import (
    views,
    views_consultation,
    views_own,
    views_stages,
    views_structure,
)

app_name = "restructure"
SEE, KEEP = "restructure.see", "restructure.keep"

urlpatterns = [
    route("changes/", views.programmes, name="programmes", may=SEE),
    route("changes/begin/", views.begin, name="begin", may=KEEP),
    route("changes/figures/", views_own.every_figure, name="every-figure", may="restructure.figures"),
    route("changes/mine/", views_own.own, name="own", may="restructure.see_own"),
    route("changes/mine/<int:number>/", views_own.declare, name="declare", may="restructure.see_own"),
    route("changes/<int:number>/", views.programme, name="programme", may=SEE),
    route("changes/<int:number>/structure/", views_structure.structure, name="structure", may=SEE),
    route("changes/<int:number>/structure/<int:team>/", views_structure.team, name="team", may=SEE),
    route("changes/<int:number>/costs/", views_structure.costs, name="costs", may=SEE),
    route("changes/<int:number>/sheet/", views.sheet, name="sheet", may=SEE),
    route("changes/<int:number>/take/", views.take, name="take", may=KEEP),
    route("changes/<int:number>/stages/", views_stages.stages, name="stages", may=SEE),
    route("changes/<int:number>/publish/", views_stages.publish, name="publish", may="restructure.publish"),
    route("changes/<int:number>/evaluations/", views_stages.evaluations, name="evaluations", may=SEE),
    route("changes/<int:number>/equality/", views_stages.equality, name="equality", may=SEE),
    route(
        "changes/<int:number>/consultation/", views_consultation.consultation, name="consultation", may=SEE
    ),
    route("changes/<int:number>/clock/", views_consultation.clock_of, name="clock", may=SEE),
    route("changes/<int:number>/terms/", views_consultation.terms, name="terms", may=KEEP),
    route("changes/<int:number>/asked/<int:asked>/", views_consultation.asked, name="asked", may=KEEP),
    route("changes/<int:number>/papers/<int:paper>/", views_consultation.paper, name="paper", may=SEE),
    route(
        "changes/<int:number>/papers/<int:paper>/pdf/",
        views_consultation.paper_pdf,
        name="paper-pdf",
        may=SEE,
    ),
    route("changes/<int:number>/figures/", views_own.figures, name="figures", may="restructure.figures"),
]
