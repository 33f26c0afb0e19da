"""What is watched for, in versions; how far each device is; and the matters that came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.devices.models.devices import next_id
from huying.devices.rules.kinds import Compare, DeviceKind, Follow, Light, MatterKind


class WatchRule(models.Model):
    """监测规则的一版: rows are only added, the newest of a code holds. ``device_id`` null: every device of the kind.

    ``over``, ``hold``, ``quorum``, ``metres``, ``flaps``, ``light``: as ``rules.watching.Watch``. ``emergency``: which
    card it opens. ``ended``: it watches no more.
    """

    district = models.IntegerField()
    code = models.CharField(max_length=20)
    version = models.IntegerField()
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=14, choices=DeviceKind.choices())
    device_id = models.BigIntegerField(null=True)
    factor = models.CharField(max_length=24)
    compare = models.CharField(max_length=6, choices=Compare.choices())
    limit = models.FloatField()
    over = models.FloatField()
    hold = models.IntegerField(default=0)
    quorum = models.SmallIntegerField(default=0)
    metres = models.IntegerField(default=0)
    flaps = models.SmallIntegerField(default=0)
    light = models.CharField(max_length=5, choices=Light.choices())
    follow = models.CharField(max_length=9, choices=Follow.choices())
    emergency = models.CharField(max_length=20, blank=True, default="")
    item = models.CharField(max_length=32, blank=True, default="")
    urgency = models.SmallIntegerField(default=0)
    ended = models.BooleanField(default=False)
    why = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    made_by_account = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "code", "version"], name="devices_rule_once")
        ]


class CaseRule(models.Model):
    """设备事件立案设置的一版: under which item and how urgent what comes of devices is, by its kind.

    Rows are only added, the newest of a kind holds.
    """

    district = models.IntegerField()
    kind = models.CharField(max_length=8, choices=MatterKind.choices())
    version = models.IntegerField()
    item = models.CharField(max_length=32, blank=True, default="")
    urgency = models.SmallIntegerField(default=0)
    why = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    made_by_account = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "version"], name="devices_case_rule_once")
        ]


class WatchState(models.Model):
    """一台设备在一条规则下的状态: as ``rules.watching.State``; ``matter_id`` is the last matter of it."""

    pk = models.CompositePrimaryKey("district", "device_id", "rule")
    district = models.IntegerField()
    device_id = models.BigIntegerField()
    rule = models.CharField(max_length=20)
    last = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    raised = models.DateTimeField(null=True)
    peak = models.FloatField(null=True)
    changes = ArrayField(models.DateTimeField(), default=list)
    first = models.DateTimeField(null=True)
    worst = models.FloatField(null=True)
    matter_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            # What time alone may bring about: a hold that runs, a fluttering that calms down.
            models.Index(
                fields=["district", "device_id"],
                condition=models.Q(since__isnull=False) | models.Q(first__isnull=False),
                name="devices_waiting",
            )
        ]


class Matter(models.Model):
    """设备事件: what came of one device: a rule broken, an alarm, silence. ``until`` null: not over yet.

    ``curve``: what the factor did from an hour before until it was over, at most 120 points of moment and value.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    device_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=MatterKind.choices())
    rule = models.CharField(max_length=20, blank=True, default="")
    factor = models.CharField(max_length=24, blank=True, default="")
    case_id = models.BigIntegerField(null=True)
    emergency_id = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    peak = models.FloatField(null=True)
    curve = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["district", "device_id", "-id"], name="devices_matters_of"),
            models.Index(fields=["district", "case_id"], name="devices_matter_case"),
            models.Index(
                fields=["district", "kind"], condition=models.Q(until=None), name="devices_matters_open"
            ),
        ]
