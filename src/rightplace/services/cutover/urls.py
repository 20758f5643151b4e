"""The cut-over's addresses, each with the permission that it asks. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.cutover import views, views_letter

app_name = "cutover"

urlpatterns = [
    route("cut-overs/", views.every, name="all", may="cutover.run"),
    route("cut-overs/mine/", views.mine, name="mine", may="cutover.see"),
    route("cut-overs/coming/", views.coming, name="coming", may="workload.see_own"),
    route("cut-overs/<int:number>/", views.cutover, name="cutover", may="cutover.see"),
    route("cut-overs/<int:number>/families/", views.families, name="families", may="cutover.run"),
    route("cut-overs/<int:number>/receive/<int:team>/", views.receive, name="receive", may="cutover.see"),
    route("cut-overs/family/<int:number>/", views.family, name="family", may="cutover.see"),
    route(
        "cut-overs/family/<int:number>/letter/", views_letter.letter, name="letter", may="workload.see_own"
    ),
    route(
        "cut-overs/family/<int:number>/letter/pdf/",
        views_letter.letter_pdf,
        name="letter-pdf",
        may="workload.see_own",
    ),
    route("cut-overs/rehearsal/<int:number>/", views.rehearsal, name="rehearsal", may="cutover.run"),
]
