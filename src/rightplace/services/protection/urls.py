"""The addresses of strategy discussions, each with the permission that it asks."""

from rightplace.foundation.access.routes import route
from rightplace.services.protection import views, views_asked, views_minutes

app_name = "protection"
urlpatterns = [
    route("strategy/", views.listed, name="list", may="strategy.call"),
    route("strategy/actions/", views.actions_due, name="actions", may="story.see"),
    route("strategy/actions/<int:held>/<int:place>/", views.action, name="action", may="story.see"),
    route("strategy-calls/", views_asked.asked, name="asked", may="strategy.attend"),
    route("strategy-calls/<int:number>/", views_asked.asked_one, name="asked-one", may="strategy.attend"),
    route("strategy/<int:number>/", views.one, name="one", may="strategy.call"),
    route("strategy/<int:number>/call-in/", views.call_in, name="call-in", may="strategy.call"),
    route("strategy/<int:number>/minutes/", views_minutes.minutes, name="minutes", may="strategy.call"),
    route("strategy/<int:number>/minutes/keep/", views_minutes.keep, name="keep", may="strategy.call"),
    route("child/<int:file>/strategy/", views.of_child, name="of-child", may="strategy.call"),
]
