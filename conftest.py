"""The fixtures that every test may use; they live in `rightplace.testing`."""

pytest_plugins = ("rightplace.testing.databases", "rightplace.testing.browsers", "rightplace.testing.stories")
