"""Where water is watched: sections and outfalls, which class the water has, and what of a series is not believed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.devices.rules.water.anomalies.kinds import AnomalyKind
from huying.devices.rules.water.classes import WaterBody, WaterClass
from huying.devices.rules.water.points import PointSort


class WaterPoint(models.Model):
    """水质点位: what a device of water stands for. ``answerable_id``: the body that answers for the water.

    ``water``: the river or lake by name. ``source``: who discharges through an outfall, ``permit`` the number of the
    licence (排污许可证编号). ``target``: the class a section must keep; ``hold``: hours below it before it is a matter.
    """

    pk = models.CompositePrimaryKey("district", "device_id")
    district = models.IntegerField()
    device_id = models.BigIntegerField()
    sort = models.CharField(max_length=8, choices=PointSort.choices())
    body = models.CharField(max_length=5, choices=WaterBody.choices())
    target = models.CharField(max_length=1, choices=WaterClass.choices())
    hold = models.SmallIntegerField(default=2)
    water = models.CharField(max_length=40, blank=True, default="")
    source = models.CharField(max_length=60, blank=True, default="")
    permit = models.CharField(max_length=40, blank=True, default="")
    answerable_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)


class WaterState(models.Model):
    """一个断面的水质: its class by the newest hour ``at``, since when it is so, which factors decide, which are missing.

    ``below_since``: since when it is worse than the target. ``values``: what was judged, by factor.
    """

    pk = models.CompositePrimaryKey("district", "device_id")
    district = models.IntegerField()
    device_id = models.BigIntegerField()
    at = models.DateTimeField()
    grade = models.CharField(max_length=1, choices=WaterClass.choices())
    since = models.DateTimeField()
    below_since = models.DateTimeField(null=True)
    worst = ArrayField(models.CharField(max_length=24), default=list)
    missing = ArrayField(models.CharField(max_length=24), default=list)
    doubted = ArrayField(models.CharField(max_length=24), default=list)
    values = models.JSONField(default=dict)
    matter_id = models.BigIntegerField(null=True)


class Anomaly(models.Model):
    """读数异常: one verdict on one series; what goes on grows. ``told``: the reading that brought it."""

    pk = models.CompositePrimaryKey("district", "device_id", "factor", "kind", "since")
    district = models.IntegerField()
    device_id = models.BigIntegerField()
    factor = models.CharField(max_length=24)
    kind = models.CharField(max_length=10, choices=AnomalyKind.choices())
    since = models.DateTimeField()
    until = models.DateTimeField()
    told = models.DateTimeField()
    sure = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    value = models.FloatField()
    matter_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "device_id", "-since"], name="devices_anomalies_of"),
            models.Index(fields=["district", "-until"], name="devices_anomalies_newest"),
        ]
