"""What cameras told, how often, with which pictures; who opened them; and what a district lets follow."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.video.rules.kinds import AlarmDoor, AlarmFollow, AlarmKind, AlarmVerdict, LookReason


def next_id() -> models.Func:
    return models.Func(models.Value("video_id"), function="nextval", output_field=models.BigIntegerField())


class VideoAlarm(models.Model):
    """视频报警: what one camera saw of one kind, told once or a hundred times. ``area``, ``body_id``: the camera's then.

    ``first_at``, ``last_at``: by the camera's clock; ``heard_at``: when it was heard last, ``told_at``: when its case
    was told last, by ours. ``score``: the surest, in percent. ``cleared_at``: pictures and words were taken away.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    device_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=AlarmKind.choices())
    door = models.CharField(max_length=8, choices=AlarmDoor.choices())
    area = models.CharField(max_length=15, db_collation="C")
    body_id = models.BigIntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    words = models.CharField(max_length=300, blank=True, default="")
    level = models.SmallIntegerField(default=0)
    score = models.SmallIntegerField(null=True)
    count = models.IntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    told_at = models.DateTimeField()
    follow = models.CharField(max_length=9, choices=AlarmFollow.choices())
    case_id = models.BigIntegerField(null=True)
    emergency_id = models.BigIntegerField(null=True)
    verdict = models.CharField(max_length=5, choices=AlarmVerdict.choices(), blank=True, default="")
    judged_at = models.DateTimeField(null=True)
    judged_by = models.CharField(max_length=60, blank=True, default="")
    judged_by_account = models.BigIntegerField(null=True)
    judged_why = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "device_id", "kind", "-id"], name="video_last_of_camera"),
            models.Index(fields=["district", "case_id"], name="video_of_case"),
            models.Index(
                fields=["district", "id"], condition=models.Q(cleared_at=None), name="video_to_clear"
            ),
        ]


class Told(models.Model):
    """一次报警: each time a camera told of it; ``key`` keeps the same message from standing twice."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    alarm_id = models.BigIntegerField()
    device_id = models.BigIntegerField()
    key = models.CharField(max_length=40)
    at = models.DateTimeField()
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "device_id", "key"], name="video_told_once")
        ]
        indexes = [models.Index(fields=["district", "alarm_id"], name="video_told_of")]


class Snapshot(models.Model):
    """截图: ``path`` in the store, ``fields``: the coarse picture; both are gone once it is removed."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    alarm_id = models.BigIntegerField()
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.IntegerField()
    fields = models.BinaryField(null=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=60, blank=True, default="")
    removed_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "alarm_id", "sha256"], name="video_snapshot_once")
        ]
        indexes = [models.Index(fields=["district", "sha256"], name="video_snapshot_file")]


class Opening(models.Model):
    """打开原图: somebody said why, and sees an alarm's pictures as they were taken until ``until``."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    alarm_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField(null=True)
    who = models.CharField(max_length=60)
    at = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=8, choices=LookReason.choices())
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["district", "alarm_id", "-id"], name="video_opened")]


class AlarmRule(models.Model):
    """一类视频报警怎么办的一版: rows are only added, the newest of a kind holds; as ``rules.standing.Standing``."""

    district = models.IntegerField()
    kind = models.CharField(max_length=12, choices=AlarmKind.choices())
    version = models.IntegerField()
    follow = models.CharField(max_length=9, choices=AlarmFollow.choices())
    emergency = models.CharField(max_length=20, blank=True, default="")
    item = models.CharField(max_length=32, blank=True, default="")
    urgency = models.SmallIntegerField(default=0)
    window = models.IntegerField()
    least = models.SmallIntegerField(default=0)
    keep_days = models.SmallIntegerField()
    words = ArrayField(models.CharField(max_length=40), default=list)
    why = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    made_by_account = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "version"], name="video_rule_once")
        ]
