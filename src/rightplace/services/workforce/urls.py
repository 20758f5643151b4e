"""The workforce's addresses, each with the permission that it asks. They carry numbers only."""

from rightplace.foundation.access.routes import route
from rightplace.services.workforce import views, views_allocation, views_people, views_posts

app_name = "workforce"

urlpatterns = [
    route("my-work/", views.my_work, name="my-work", may="workload.see_own"),
    route("my-work/full/", views.say_full, name="say-full", may="full.say"),
    route("my-work/full/<int:number>/", views.my_full, name="my-full", may="full.say"),
    route("workload/", views.workload, name="workload", may="workload.see"),
    route("workload/<int:number>/", views.team_load, name="team-load", may="workload.see"),
    route("workload/<int:number>/waiting/", views_allocation.waiting, name="waiting", may="allocation.see"),
    route(
        "workload/<int:number>/moves/", views_allocation.team_moves, name="moves", may="allocation.rebalance"
    ),
    route(
        "moves/<int:number>/", views_allocation.moves_asked, name="moves-asked", may="allocation.rebalance"
    ),
    route("my-work/conflicts/", views_allocation.conflict_list, name="conflicts", may="workload.see_own"),
    route("child/<int:file>/conflict/", views_allocation.conflict, name="conflict", may="workload.see_own"),
    route("full/", views.full, name="full", may="full.answer"),
    route("full/<int:number>/", views.full_said, name="full-said", may="full.answer"),
    route("posts/", views_posts.establishment, name="establishment", may="establishment.figures"),
    route("posts/sheet/", views_posts.sheet, name="sheet", may="establishment.see"),
    route("posts/take/", views_posts.take, name="take", may="establishment.keep"),
    route("posts/open/", views_people.open_post, name="open-post", may="establishment.keep"),
    route("posts/people/", views_people.employed_list, name="employed-list", may="establishment.keep"),
    route("posts/people/<int:number>/", views_people.employed, name="employed", may="establishment.keep"),
    route("posts/leavers/", views_people.leavers, name="leavers", may="establishment.keep"),
    route("posts/team/", views_posts.own_team_posts, name="own-team-posts", may="establishment.see"),
    route("posts/team/<int:number>/", views_posts.team_posts, name="team-posts", may="establishment.see"),
    route("posts/<int:number>/", views_posts.post, name="post", may="establishment.see"),
]
