"""Meetings, and what was said at them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class MeetingKind(models.Model):
    """A kind of meeting of a district: 书记茶话会, 代表接待日."""

    district = models.IntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=30)
    place = models.IntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="meeting_kind_code")]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """会议: where and when people said things, who was there, what came of it. ``bodies`` are those present."""

    district = models.IntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT)
    title = models.CharField(max_length=80)
    venue = models.CharField(max_length=120)
    held_at = models.DateTimeField()
    host = models.CharField(max_length=60)
    agenda = models.TextField(blank=True)
    attendance = models.TextField(blank=True)
    bodies = ArrayField(models.BigIntegerField(), default=list)
    minutes = models.TextField(blank=True)
    once = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "once"], name="meeting_once")]
        indexes = [models.Index(fields=["district", "-held_at", "-id"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.title


class MeetingAppeal(models.Model):
    """现场诉求: one appeal taken at a meeting, by its number there; and the body that claimed it on the spot."""

    pk = models.CompositePrimaryKey("district", "meeting_id", "number")
    district = models.IntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="appeals")
    number = models.IntegerField()
    appeal_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    receipt = models.CharField(max_length=12)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=60)
    body_id = models.BigIntegerField(null=True)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "appeal_id"], name="meeting_appeal_once")]
