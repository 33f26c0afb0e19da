"""The visits of the plan, what came of them, and the needs that were found."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.visits.models.setting import next_id
from huying.visits.rules.kinds import Slot, Upheaval, VisitOutcome, VisitReason


class Plan(models.Model):
    """月计划: made for an area and a month; made again it is another row. ``judged``: how good it was then."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    area = models.CharField(max_length=15, db_collation="C")
    month = models.DateField()
    visits = models.IntegerField()
    judged = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["district", "month", "-id"], name="visits_plan_month")]


class Visit(models.Model):
    """走访任务: one person on one day. It says nothing of the person but their number.

    ``place``: the how-manieth stop of the day. ``rung``: how far it climbed since it was missed; ``next_at``: when the
    ladder looks at it again. ``done_at``: somebody was met, or said no. ``dropped_at``: planned anew, or they left.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    person_id = models.BigIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    reason = models.CharField(max_length=10, choices=VisitReason.choices())
    worker_id = models.BigIntegerField(null=True)
    day = models.DateField()
    slot = models.CharField(max_length=10, choices=Slot.choices())
    place = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField()
    rung = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    plan_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["district", "worker_id", "day"],
                condition=models.Q(dropped_at=None),
                name="visits_of_worker",
            ),
            models.Index(fields=["district", "area", "day"], name="visits_of_area"),
            models.Index(fields=["district", "person_id", "-day"], name="visits_of_person"),
            models.Index(
                fields=["district", "next_at"],
                condition=models.Q(next_at__isnull=False),
                name="visits_to_look_at",
            ),
            models.Index(
                fields=["district", "area", "due_at"],
                condition=models.Q(done_at=None, dropped_at=None),
                name="visits_open",
            ),
        ]


class Record(models.Model):
    """走访记录: somebody went there. ``said_sealed``: questions and answers in words, and what else was noted, sealed.

    ``key`` keeps one that is sent twice from standing twice.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    visit_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=VisitOutcome.choices())
    said_sealed = models.BinaryField(null=True)
    alarms = ArrayField(models.CharField(max_length=20), default=list)
    account_id = models.BigIntegerField(null=True)
    who = models.CharField(max_length=60)
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "visit_id", "key"], name="visits_record_key")
        ]
        indexes = [models.Index(fields=["district", "person_id", "-at"], name="visits_record_of")]


class Need(models.Model):
    """发现的需求: found at a visit; it is a case like any other. Its words stand with the case alone."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    record_id = models.BigIntegerField()
    visit_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["district", "person_id", "-id"], name="visits_need_of"),
            models.Index(fields=["district", "record_id"], name="visits_need_record"),
        ]


class Change(models.Model):
    """重大变故: what happened to a person, and the visit that follows from it."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    person_id = models.BigIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(max_length=10, choices=Upheaval.choices())
    words_sealed = models.BinaryField(null=True)
    visit_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    noted_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["district", "person_id", "-id"], name="visits_change_of")]
