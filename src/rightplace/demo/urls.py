"""Addresses of the demonstration. They open only where its door is open."""

from rightplace.demo import views
from rightplace.foundation.access.routes import PUBLIC, route

app_name = "demo"
urlpatterns = [
    route("demo/", views.first, name="first", may=PUBLIC),
    route("demo/roles/", views.roles, name="roles", may=PUBLIC),
    route("demo/strip/", views.strip_closed, name="strip", may=PUBLIC),
    route("demo/after/", views.after, name="after", may=PUBLIC),
    route("demo/be/", views.be, name="be", may=PUBLIC),
]
