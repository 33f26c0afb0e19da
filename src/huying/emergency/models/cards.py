"""One emergency: the card, whom it alerted, what happened to the second, to whom it was handed over."""

from django.db import models

from huying.emergency.models.responders import next_id
from huying.emergency.rules.kinds import Answer, MarkKind, ResponderKind, Source


class Emergency(models.Model):
    """应急卡. ``plan`` is what held when it was opened. ``ring``: rings alerted so far; ``hand``: levels of duty told
    so far; ``next_at``: when the worker looks at it next, null when nothing is waited for.

    ``taken_*``: who leads it. ``over_*``: when and why it was stood down. ``length``: lines of its timeline.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    case_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    plan = models.JSONField()
    source = models.CharField(max_length=10, choices=Source.choices())
    device = models.CharField(max_length=64, blank=True, default="")
    device_key = models.CharField(max_length=80, blank=True, default="")
    words = models.TextField(blank=True, default="")
    place_text = models.CharField(max_length=300, blank=True, default="")
    area = models.CharField(max_length=15, db_collation="C")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=60)
    opened_by_account = models.BigIntegerField(null=True)
    opened_by_key = models.BigIntegerField(null=True)
    alarmed_at = models.DateTimeField()
    ring = models.SmallIntegerField(default=0)
    hand = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    failures = models.SmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=60, blank=True, default="")
    taken_by_account = models.BigIntegerField(null=True)
    over_at = models.DateTimeField(null=True)
    over_by = models.CharField(max_length=60, blank=True, default="")
    over_by_account = models.BigIntegerField(null=True)
    over_words = models.CharField(max_length=300, blank=True, default="")
    length = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "case_id"],
                condition=models.Q(over_at=None),
                name="emergency_one_open_a_case",
            ),
            models.CheckConstraint(
                condition=models.Q(over_at__isnull=True) | models.Q(next_at__isnull=True),
                name="emergency_over_is_still",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=models.Q(next_at__isnull=False), name="emergency_to_look_at"
            ),
            models.Index(fields=["district", "-opened_at", "-id"], name="emergency_newest"),
            models.Index(
                fields=["district", "area"], condition=models.Q(over_at=None), name="emergency_open_ones"
            ),
            models.Index(
                fields=["district", "device", "device_key", "-alarmed_at"],
                condition=~models.Q(device=""),
                name="emergency_of_device",
            ),
            models.Index(fields=["district", "case_id"], name="emergency_of_case"),
        ]


class Alert(models.Model):
    """告警: one responder alerted for one card, where they were taken to be, what they said and when they came.

    ``name`` and ``kind`` are as registered then. ``answered_by`` names who wrote an answer down that came by voice.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    emergency_id = models.BigIntegerField()
    responder_id = models.BigIntegerField()
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=ResponderKind.choices())
    ring = models.SmallIntegerField()
    metres = models.IntegerField()
    lon = models.FloatField()
    lat = models.FloatField()
    reported = models.BooleanField()
    alerted_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer.choices(), blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True, default="")
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "emergency_id", "responder_id"], name="emergency_alert_once"
            )
        ]
        indexes = [models.Index(fields=["district", "responder_id", "-id"], name="emergency_alert_of")]


class Mark(models.Model):
    """时间线的一条: what happened, at which second, who says so. Rows are only added.

    ``key`` keeps a note that is sent twice from standing twice. ``photo`` and ``sound`` are paths in the store.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    emergency_id = models.BigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=MarkKind.choices())
    words = models.TextField(blank=True, default="")
    facts = models.JSONField(default=dict)
    who = models.CharField(max_length=60, blank=True, default="")
    account_id = models.BigIntegerField(null=True)
    alert_id = models.BigIntegerField(null=True)
    photo = models.CharField(max_length=200, blank=True, default="")
    sound = models.CharField(max_length=200, blank=True, default="")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    key = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "emergency_id", "key"],
                condition=~models.Q(key=""),
                name="emergency_mark_key",
            )
        ]
        indexes = [models.Index(fields=["district", "emergency_id", "at", "id"], name="emergency_mark_of")]


class Outside(models.Model):
    """移交记录: handed over to 110, 119, 120 or another outside service: when, by whom, its number, what was said."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    emergency_id = models.BigIntegerField()
    line = models.CharField(max_length=20)
    reference = models.CharField(max_length=60, blank=True, default="")
    words = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_account = models.BigIntegerField(null=True)
    noted_at = models.DateTimeField()
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "emergency_id", "key"], name="emergency_outside_key")
        ]


class Review(models.Model):
    """复盘: what was learned and what is to be done. Written anew it is another row; the newest is shown."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    emergency_id = models.BigIntegerField()
    lessons = models.TextField()
    measures = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_account = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "emergency_id", "-id"], name="emergency_review_of")]
