"""Addresses of the selection."""

app_name = "selection"
urlpatterns = []
