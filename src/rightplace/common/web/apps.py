"""The design system as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """How every page looks, speaks, prints and refuses."""

    name = "rightplace.common.web"
    label = "web"
    verbose_name = "Design system"

    def ready(self) -> None:
        from rightplace.common.web import policy

        policy.register()
