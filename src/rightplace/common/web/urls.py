"""Addresses of the design system's own pages; included at the root as namespace `web`."""

from rightplace.common.web import views
from rightplace.foundation.access.routes import PUBLIC, route

app_name = "web"

urlpatterns = [
    route("keyboard/", views.keys, name="keys", may=PUBLIC),
    route("leave/", views.leave, name="leave", may=PUBLIC),
    route("style/", views.style_guide, name="style", may="style.see"),
    route("style/question/", views.style_public, name="style-question", may="style.see"),
]
