"""Supervision's addresses, each with the permission that it asks. They carry numbers only."""

app_name = "supervision"
urlpatterns: list[object] = []
