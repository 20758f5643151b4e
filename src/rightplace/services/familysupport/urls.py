"""The addresses of early help. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.familysupport import views, views_around, views_assess, views_plan

WRITE = "familysupport.write"
app_name = "familysupport"
urlpatterns = [
    route("families/", views.families, name="families", may="familysupport.see"),
    route("families/<int:family>/", views.family, name="family", may="familysupport.see"),
    route("child/<int:file>/family/", views.of_child, name="of-child", may="familysupport.see"),
    route("child/<int:file>/early-help/", views.begin, name="begin", may=WRITE),
    route("families/<int:family>/answer/", views.answer, name="answer", may=WRITE),
    route("families/<int:family>/lead/", views.lead, name="lead", may=WRITE),
    route("families/<int:family>/assess/", views_assess.begin, name="assess", may=WRITE),
    route("families/<int:family>/assess/<uuid:draft>/", views_assess.form, name="assessment", may=WRITE),
    route("families/<int:family>/plan/", views_plan.plan, name="plan", may=WRITE),
    route("families/<int:family>/plan/<int:goal>/", views_plan.act, name="act", may=WRITE),
    route("families/<int:family>/review/", views_plan.review, name="review", may=WRITE),
    route("families/<int:family>/meet/", views.meet, name="meet", may=WRITE),
    route("families/<int:family>/team/", views.joined, name="joined", may=WRITE),
    route("families/<int:family>/team/<int:place>/leave/", views.left, name="left", may=WRITE),
    route("families/<int:family>/step/", views.step, name="step", may=WRITE),
    route("families/<int:family>/end/", views_plan.end, name="end", may="familysupport.end"),
    route("around-families/", views_around.around, name="around", may="familysupport.join"),
    route("around-families/<int:family>/", views_around.shared, name="shared", may="familysupport.join"),
    route(
        "around-families/<int:family>/<int:goal>/",
        views_around.own_act,
        name="own-act",
        may="familysupport.join",
    ),
]
