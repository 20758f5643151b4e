"""The people app: persons, the keys they are found under, and who belongs to whom."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons as their files say."""

    name = "rightplace.foundation.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rightplace.foundation.journal.projecting import register_projection
        from rightplace.foundation.people import policy, projections, schooling

        for projection in (*projections.OWN, schooling.SCHOOLING):
            register_projection(projection)
        policy.register()
