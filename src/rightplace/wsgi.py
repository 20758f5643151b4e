"""The web process; it refuses to start with a role, a mode or a secret that it must not run with."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rightplace.settings")
application = get_wsgi_application()

from rightplace.startup import refuse_unsafe_start  # noqa: E402  the settings have to be there first

refuse_unsafe_start()
