"""Warnings, the rises behind them, how far the watch has looked, and what a district promised itself."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.prevent.warnings.rules.kinds import Verdict, WarningState
from huying.prevent.warnings.rules.space import Grain, Reach


class Promise(models.Model):
    """How many false warnings a month a district bears at most; the newest version holds."""

    district = models.IntegerField()
    number = models.IntegerField()
    promise = models.SmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "number"], name="warning_promise_number")]


class Looked(models.Model):
    """How far the watch over a district has come: the last local day looked at, how many days it has judged in all."""

    district = models.IntegerField(primary_key=True)
    day = models.DateField(null=True)
    judged = models.IntegerField(default=0)
    bar = models.FloatField(null=True)
    slope = models.FloatField(null=True)
    looked_at = models.DateTimeField(null=True)


class Rise(models.Model):
    """A rise that is or was followed, warned of or not: its strength is what the next ones are measured by.

    ``cases`` are kept while it is followed.
    """

    district = models.IntegerField()
    item = models.CharField(max_length=6, db_collation="C")
    area = models.CharField(max_length=16, db_collation="C")
    reach = models.SmallIntegerField()
    began = models.DateField()
    last_day = models.DateField()
    best_day = models.DateField()
    best = models.FloatField()
    followed = models.BooleanField()
    cases = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes = [models.Index(fields=["district", "last_day"], name="rise_by_day")]


class EarlyWarning(models.Model):
    """预警: one rise that was strong enough, as it stands now. ``unit`` is the code of the area or the middle cell.

    ``area`` is the smallest area that holds all of it. ``expected`` cases within ``days`` days until ``last_day``;
    ``chance`` is how many rises so strong a quiet month brings. ``curve``: (day, seen, expected, low, high) by day.
    """

    district = models.IntegerField()
    rise = models.OneToOneField(Rise, on_delete=models.PROTECT, related_name="warning")
    state = models.CharField(max_length=12, choices=WarningState.choices())
    item = models.CharField(max_length=6, db_collation="C")
    grain = models.CharField(max_length=6, choices=Grain.choices())
    unit = models.CharField(max_length=16, db_collation="C")
    reach = models.CharField(max_length=10, choices=Reach.choices())
    area = models.CharField(max_length=15, db_collation="C")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    began = models.DateField()
    last_day = models.DateField()
    days = models.SmallIntegerField()
    seen = models.IntegerField()
    expected = models.FloatField()
    score = models.FloatField()
    chance = models.FloatField()
    cases = ArrayField(models.BigIntegerField(), default=list)
    curve = models.JSONField(default=list)
    noticed_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    muted_until = models.DateField(null=True)
    words = models.CharField(max_length=500, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True, default="")
    verdict = models.CharField(max_length=5, choices=Verdict.choices(), blank=True, default="")
    cause = models.CharField(max_length=500, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["district", "-noticed_at", "-id"], name="warning_newest"),
            models.Index(fields=["district", "item"], name="warning_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.unit}"
