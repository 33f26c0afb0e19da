"""Who was on duty from when to when, where they walked meanwhile, and how often an area is to be walked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


def next_id() -> models.Func:
    return models.Func(models.Value("patrol_id"), function="nextval", output_field=models.BigIntegerField())


class Tour(models.Model):
    """一次上岗. ``key`` was made on the phone. Times are its own, set right by ``off`` seconds where its clock
    was wrong; ``arrived_at`` and ``ended_arrived_at`` are ours. ``area``: the worker's own; ``start_area``,
    ``end_area``: where they stood. ``ended_by`` "": by themselves. ``cells``: what was passed, for as long as the
    track is kept; ``walked``: their number, for good. ``metres`` along the track.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    key = models.UUIDField()
    account_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    area = models.CharField(max_length=15, db_collation="C")
    started_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    off = models.IntegerField(default=0)
    start_lon = models.FloatField(null=True)
    start_lat = models.FloatField(null=True)
    start_accuracy = models.FloatField(null=True)
    start_area = models.CharField(max_length=15, db_collation="C", blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_arrived_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")
    end_lon = models.FloatField(null=True)
    end_lat = models.FloatField(null=True)
    end_area = models.CharField(max_length=15, db_collation="C", blank=True, default="")
    cells = ArrayField(models.CharField(max_length=15), default=list)
    walked = models.IntegerField(default=0)
    metres = models.FloatField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "account_id", "key"], name="patrol_tour_once"),
            models.UniqueConstraint(
                fields=["district", "account_id"], condition=models.Q(ended_at=None), name="patrol_one_open"
            ),
        ]
        indexes = [models.Index(fields=["district", "-started_at"], name="patrol_tours_newest")]


class TrackPoint(models.Model):
    """轨迹点: where somebody was while on duty; taken away after ``HUYING_TRACK_DAYS`` days."""

    pk = models.CompositePrimaryKey("district", "tour_id", "at")
    district = models.IntegerField()
    tour_id = models.BigIntegerField()
    at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    accuracy = models.FloatField()

    class Meta:
        indexes = [models.Index(fields=["district", "at"], name="patrol_track_old")]


class Walked(models.Model):
    """走过的地方: in how many tours somebody came through a cell on a day; it names nobody and is kept."""

    pk = models.CompositePrimaryKey("district", "cell", "day")
    district = models.IntegerField()
    cell = models.CharField(max_length=15)
    day = models.DateField()
    tours = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["district", "day"], name="patrol_walked_days")]


class Plan(models.Model):
    """巡查计划的一版: how often in a week an area is to be walked, at least how long each time. Another one ends it."""

    district = models.IntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    name = models.CharField(max_length=40)
    times = models.SmallIntegerField()
    minutes = models.SmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "area"], condition=models.Q(ended_at=None), name="patrol_plan_in_force"
            )
        ]
