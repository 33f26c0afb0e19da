"""Calls downwards, who was told of them, and who takes a place."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.volunteers.models.people import next_id
from huying.volunteers.rules.kinds import CheckWay, Standing, VolunteerKind


class Muster(models.Model):
    """召集: a call for so many people to a place and a time.

    ``area`` holds all of ``areas``, the codes that are called. ``only``: one kind of volunteers alone; ``near``: within
    so many metres of the place, 0 for all. ``check_metres``: within how many metres of it one checks in. ``told``: how
    many were told so far; ``first_at``, ``filled_at``: when the first came forward, and when the last place was taken.
    ``reminded_at``: when those who come were told that it is soon, ``urged_at`` when who called that hours wait.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    area = models.CharField(max_length=15, db_collation="C")
    areas = ArrayField(models.CharField(max_length=15))
    title = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    skills = ArrayField(models.CharField(max_length=20))
    only = models.CharField(max_length=10, choices=VolunteerKind.choices(), blank=True, default="")
    quota = models.IntegerField()
    place_text = models.CharField(max_length=120, blank=True, default="")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    check_metres = models.IntegerField()
    near = models.IntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    case_id = models.BigIntegerField(null=True)
    project_id = models.BigIntegerField(null=True)
    once = models.CharField(max_length=60)
    told = models.IntegerField(default=0)
    first_at = models.DateTimeField(null=True)
    filled_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    made_by_account = models.BigIntegerField(null=True)
    reminded_at = models.DateTimeField(null=True)
    urged_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=60, blank=True, default="")
    closing = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=60, blank=True, default="")
    cancelled_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "once"], name="volunteers_muster_once")]
        indexes = [
            models.Index(fields=["district", "-id"], name="volunteers_muster_newest"),
            models.Index(
                fields=["district", "ends_at"],
                condition=models.Q(closed_at=None, cancelled_at=None),
                name="volunteers_muster_open",
            ),
            models.Index(
                fields=["district", "case_id"],
                condition=models.Q(case_id__isnull=False),
                name="volunteers_muster_case",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Told(models.Model):
    """已通知: who was told of a muster, and how far away they start."""

    pk = models.CompositePrimaryKey("district", "muster_id", "volunteer_id")
    district = models.IntegerField()
    muster_id = models.BigIntegerField()
    volunteer_id = models.BigIntegerField()
    told_at = models.DateTimeField()
    metres = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "volunteer_id"], name="volunteers_told_whom")]


class Claim(models.Model):
    """认领: one person in one muster, from the word that they come to the minutes they are credited.

    Who waits is called up in the order of ``claimed_at``. ``in_metres``: how far from the place they checked in; where
    they were is not kept. ``minutes``: credited when the muster is closed.
    """

    pk = models.CompositePrimaryKey("district", "muster_id", "volunteer_id")
    district = models.IntegerField()
    muster_id = models.BigIntegerField()
    volunteer_id = models.BigIntegerField()
    standing = models.CharField(max_length=8, choices=Standing.choices())
    claimed_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    in_at = models.DateTimeField(null=True)
    in_way = models.CharField(max_length=8, choices=CheckWay.choices(), blank=True, default="")
    in_metres = models.IntegerField(null=True)
    in_by = models.CharField(max_length=60, blank=True, default="")
    out_at = models.DateTimeField(null=True)
    out_way = models.CharField(max_length=8, choices=CheckWay.choices(), blank=True, default="")
    out_by = models.CharField(max_length=60, blank=True, default="")
    minutes = models.IntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "volunteer_id", "-muster_id"], name="volunteers_claims_of")
        ]
