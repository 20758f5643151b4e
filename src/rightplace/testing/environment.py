"""Says that this is a test before Django's settings are read: loaded by pytest's `-p`, ahead of pytest-django."""

import os

os.environ["RIGHTPLACE_MODE"] = "test"
os.environ["RIGHTPLACE_TEST_DB"] = "1"
# Playwright's own event loop runs in the test's thread, where Django would otherwise refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
