"""What devices said: readings in months, hours added up, the last one of each factor; and what nobody understood."""

from django.db import models

from huying.devices.models.devices import next_id
from huying.devices.rules.messages import Unread


class Reading(models.Model):
    """读数: one value of one factor. The table is partitioned by month (migration 0001), with a default partition.

    An alarm stands here too, as the factor ``alarm:<its word>``: the same message twice is one row of each.
    """

    pk = models.CompositePrimaryKey("district", "device_id", "factor", "at")
    district = models.IntegerField()
    device_id = models.BigIntegerField()
    factor = models.CharField(max_length=24)
    at = models.DateTimeField()
    value = models.FloatField()


class HourTally(models.Model):
    """一小时的读数: how many, their sum, the least and the most; ``hour`` is where it begins."""

    pk = models.CompositePrimaryKey("district", "device_id", "factor", "hour")
    district = models.IntegerField()
    device_id = models.BigIntegerField()
    factor = models.CharField(max_length=24)
    hour = models.DateTimeField()
    count = models.IntegerField()
    total = models.FloatField()
    least = models.FloatField()
    most = models.FloatField()


class LastReading(models.Model):
    """最近读数: the newest value of each factor of a device."""

    pk = models.CompositePrimaryKey("district", "device_id", "factor")
    district = models.IntegerField()
    device_id = models.BigIntegerField()
    factor = models.CharField(max_length=24)
    at = models.DateTimeField()
    value = models.FloatField()


class Misread(models.Model):
    """没读懂的消息: what came in and could not be kept, for a person to look at; kept for a week."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    at = models.DateTimeField()
    door = models.CharField(max_length=10)
    device = models.CharField(max_length=40, blank=True, default="")
    why = models.CharField(max_length=10, choices=Unread.choices())
    payload = models.TextField(blank=True, default="")
