"""What a district sets, and what people and those who visit them agreed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.residents.rules.kinds import CareLevel
from huying.visits.rules.kinds import Slot


def next_id() -> models.Func:
    return models.Func(models.Value("visits_id"), function="nextval", output_field=models.BigIntegerField())


class StandardVersion(models.Model):
    """走访标准的一版, of one level; rows are only added, the newest holds. Fields as ``rules.standards.Standard``."""

    district = models.IntegerField()
    level = models.CharField(max_length=8, choices=CareLevel.choices())
    version = models.IntegerField()
    every = models.SmallIntegerField()
    upheaval_hours = models.SmallIntegerField()
    minutes = models.SmallIntegerField()
    community_hours = models.SmallIntegerField()
    street_hours = models.SmallIntegerField()
    why = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "level", "version"], name="visits_standard_once")
        ]


class Checklist(models.Model):
    """走访表的一版, of one kind of key persons ("" of everybody); rows are only added, the newest holds."""

    district = models.IntegerField()
    kind = models.CharField(max_length=20, blank=True, default="")
    version = models.IntegerField()
    questions = models.JSONField()
    why = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "version"], name="visits_checklist_once")
        ]


class Arrangement(models.Model):
    """走访约定: on which weekdays (Monday is 0) and when somebody likes to be visited, and by whom. One a person."""

    pk = models.CompositePrimaryKey("district", "person_id")
    district = models.IntegerField()
    person_id = models.BigIntegerField()
    weekdays = ArrayField(models.SmallIntegerField(), default=list)
    slot = models.CharField(max_length=10, choices=Slot.choices())
    worker_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)


class Absence(models.Model):
    """不能走访: a worker is away from a day to another, both included; ended early it stays, with who and when."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    worker_id = models.BigIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    since = models.DateField()
    until = models.DateField()
    why = models.CharField(max_length=60)
    moved = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["district", "until"], name="visits_absence_until")]
