"""The directory's addresses, each with the permission that it asks."""

app_name = "directory"
urlpatterns: list[object] = []
