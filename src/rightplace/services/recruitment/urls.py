"""Recruitment's addresses, each with the permission that it asks. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.recruitment import (
    views,
    views_candidates,
    views_people,
    views_rates,
    views_sheets,
    views_staying,
    views_voices,
)

app_name = "recruitment"

urlpatterns = [
    route("vacancies/", views.pipeline, name="pipeline", may="recruitment.see"),
    route("vacancies/open/", views.open_seat, name="open", may="recruitment.keep"),
    route("vacancies/sheet/", views_sheets.sheet, name="sheet", may="recruitment.see"),
    route(
        "vacancies/candidates/sheet/",
        views_sheets.candidates_sheet,
        name="candidates-sheet",
        may="recruitment.keep",
    ),
    route("vacancies/take/", views_sheets.take, name="take", may="recruitment.keep"),
    route("vacancies/rates/", views_rates.rates, name="rates", may="recruitment.see"),
    route("vacancies/panels/", views_candidates.panels, name="panels", may="recruitment.see"),
    route("vacancies/<int:number>/", views.vacancy, name="vacancy", may="recruitment.see"),
    route(
        "vacancies/candidate/<int:number>/",
        views_candidates.candidate,
        name="candidate",
        may="recruitment.see",
    ),
    route("staying/", views_staying.retention, name="retention", may="recruitment.see"),
    route(
        "staying/list/<slug:key>/", views_staying.retention_list, name="retention-list", may="recruitment.see"
    ),
    route("staying/themes/", views_voices.themes, name="themes", may="recruitment.see"),
    route("staying/initiatives/", views_staying.initiative_list, name="initiatives", may="recruitment.see"),
    route(
        "staying/initiatives/<int:number>/",
        views_staying.initiative,
        name="initiative",
        may="recruitment.see",
    ),
    route("leavers/", views_people.leavers, name="leavers", may="recruitment.see"),
    route("leavers/<int:number>/", views_people.leaver, name="leaver", may="recruitment.see"),
    route("interviews/", views_voices.interviews, name="interviews", may="recruitment.keep"),
    route("interviews/<int:number>/", views_voices.interview, name="interview", may="recruitment.keep"),
    route("my-interview/", views_voices.my_interviews, name="my-interviews", may="recruitment.interview"),
    route(
        "my-interview/<int:number>/",
        views_voices.my_interview,
        name="my-interview",
        may="recruitment.interview",
    ),
]
