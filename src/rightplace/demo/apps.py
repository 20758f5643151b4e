"""The demonstration app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A synthetic city, the guided strip, choosing whom to be."""

    name = "rightplace.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.conf import settings

        if not settings.DEMO:
            return
        from rightplace.common.web import frame
        from rightplace.demo import examples, strip, views
        from rightplace.demo.material.agencies import authority
        from rightplace.services.frontdoor.examples import register_example
        from rightplace.services.frontdoor.first import register_first_page

        frame.register_slot("strip", strip.strip_of)
        frame.register_slot("place", lambda request: authority().name)
        register_first_page(views.first_page, 10)
        register_example("concern-professional", examples.concern)
