"""What the demonstration remembers of itself: which city was built, from which seed, and what came out."""

from __future__ import annotations

from django.db import models


class BuiltCity(models.Model):
    """The one city of this database, and how its volumes compare with the published ones."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.CharField(max_length=8)
    seed = models.BigIntegerField()
    built = models.DateTimeField()
    files = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    comparison = models.JSONField(default=list)

    class Meta:
        db_table = "demo_built_city"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="demo_city_is_one_row")]

    def __str__(self) -> str:
        return f"{self.size} {self.seed}"
