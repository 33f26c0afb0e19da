"""What was found in the street, with its photos and recordings, each bound to when and where it was taken."""

from django.db import models

from huying.patrol.models.tours import next_id
from huying.patrol.rules.kinds import FileKind, FindKind


class Find(models.Model):
    """一次发现. ``key`` was made on the phone: sent again it is one find. ``found_at`` is its own time, set right by
    ``off`` seconds where the phone's clock was wrong; ``arrived_at`` is ours. The words stand with its appeal. ``gap``:
    metres between the places of its photos, None where they are not known.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    key = models.UUIDField()
    account_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    tour_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=6, choices=FindKind.choices())
    area = models.CharField(max_length=15, db_collation="C")
    found_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    off = models.IntegerField(default=0)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    appeal_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    receipt = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "account_id", "key"], name="patrol_find_once")
        ]
        indexes = [
            models.Index(fields=["district", "account_id", "-id"], name="patrol_finds_own"),
            models.Index(fields=["district", "-found_at"], name="patrol_finds_newest"),
            models.Index(fields=["district", "case_id"], name="patrol_finds_case"),
        ]


class FindFile(models.Model):
    """一张照片或一段录音. ``sha256`` is of what the phone took, ``kept`` of what we keep, for photos are written
    anew; ``path`` is of recordings in the store, photos stand with the case."""

    pk = models.CompositePrimaryKey("district", "find_id", "number")
    district = models.IntegerField()
    find_id = models.BigIntegerField()
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=6, choices=FileKind.choices())
    sha256 = models.CharField(max_length=64)
    kept = models.CharField(max_length=64)
    path = models.CharField(max_length=200, blank=True, default="")
    media_type = models.CharField(max_length=40)
    taken_at = models.DateTimeField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
