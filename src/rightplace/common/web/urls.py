"""Addresses of the design system's own pages; include them at the root as namespace `web`."""

from django.urls import path

from rightplace.common.web import views

app_name = "web"

urlpatterns = [
    path("keyboard/", views.keys, name="keys"),
    path("leave/", views.leave, name="leave"),
    path("style/", views.style_guide, name="style"),
    path("style/question/", views.style_public, name="style-question"),
]
