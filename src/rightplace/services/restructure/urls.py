"""The restructure's addresses, each with the permission that it asks. They carry numbers only."""

from django.urls import URLPattern

app_name = "restructure"
urlpatterns: list[URLPattern] = []
