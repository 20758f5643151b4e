"""The selection's addresses, each with the permission that it asks. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.selection import (
    views_appeals,
    views_assessment,
    views_conditions,
    views_keep,
    views_own,
    views_panel,
    views_panels,
    views_people,
    views_runs,
    views_sheets,
)
from rightplace.services.selection.policy import HEAR, KEEP, MODERATE, PREFER, RAISE, SCORE

app_name = "selection"

urlpatterns = [
    route("my-place/", views_own.home, name="home", may=PREFER),
    route("my-place/<int:number>/", views_own.own, name="own", may=PREFER),
    route("my-place/<int:number>/wishes/", views_own.wishes, name="own-wishes", may=PREFER),
    route("my-place/<int:number>/scores/", views_own.scores, name="own-scores", may=PREFER),
    route("my-place/<int:number>/appeal/", views_own.appeal_new, name="own-appeal-new", may=RAISE),
    route("my-place/appeals/<int:number>/", views_own.appeal, name="own-appeal", may=RAISE),
    route("letters/<int:number>/", views_own.letter, name="letter", may=PREFER),
    route("letters/<int:number>/pdf/", views_own.letter_pdf, name="letter-pdf", may=PREFER),
    route("panels/", views_panel.sheets, name="sheets", may=SCORE),
    route("panels/<int:number>/score-sheets.xlsx", views_sheets.own_scores_out, name="scores-out", may=SCORE),
    route("panels/<int:number>/take/", views_sheets.own_scores_in, name="scores-in", may=SCORE),
    route("panels/sheets/<int:number>/", views_panel.sheet, name="sheet", may=SCORE),
    route("selection/", views_keep.exercises, name="exercises", may=SCORE),
    route("selection/<int:number>/", views_keep.exercise, name="exercise", may=SCORE),
    route("selection/<int:number>/people/", views_keep.people, name="people", may=SCORE),
    route("selection/<int:number>/mix/", views_conditions.mix, name="mix", may=SCORE),
    route("selection/<int:number>/shares/", views_conditions.shares, name="shares", may=SCORE),
    route("selection/<int:number>/pools/new/", views_keep.pool_new, name="pool-new", may=KEEP),
    route("selection/<int:number>/panels/new/", views_panels.panel_new, name="panel-new", may=KEEP),
    route("selection/<int:number>/preferences.xlsx", views_sheets.wishes_out, name="sheet-wishes", may=KEEP),
    route("selection/<int:number>/scores.xlsx", views_sheets.scores_out, name="sheet-scores", may=KEEP),
    route("selection/<int:number>/take/", views_sheets.take, name="take", may=KEEP),
    route("selection/pools/<int:number>/", views_keep.pool, name="pool", may=SCORE),
    route("selection/panels/<int:number>/", views_panels.panel, name="panel", may=SCORE),
    route("selection/people/<int:number>/", views_people.person, name="person", may=SCORE),
    route("selection/assessments/<int:number>/", views_assessment.assessment, name="assessment", may=SCORE),
    route("selection/runs/<int:number>/", views_runs.run, name="run", may=SCORE),
    route("selection/runs/<int:number>/questions/<int:place>/", views_runs.tie, name="tie", may=MODERATE),
    route("selection/appeals/<int:number>/", views_appeals.appeal, name="appeal", may=KEEP),
    route("hearings/", views_appeals.hearings, name="hearings", may=HEAR),
    route("hearings/<int:number>/", views_appeals.hearing, name="hearing", may=HEAR),
]
