"""What somebody was sent to look at, and what they saw."""

from django.db import models

from huying.patrol.models.tours import next_id
from huying.patrol.rules.kinds import CheckAnswer, CheckKind


class Check(models.Model):
    """核实、核查任务, for who works in ``area``. ``version`` grows with each change: who answers says which they saw.

    ``seen_at``: when they looked, by their own time; ``answered_at``: when it arrived. ``key``: of the answer.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    case_id = models.BigIntegerField()
    kind = models.CharField(max_length=7, choices=CheckKind.choices())
    area = models.CharField(max_length=15, db_collation="C")
    words = models.CharField(max_length=500)
    due_at = models.DateTimeField()
    version = models.IntegerField(default=1)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    asked_account = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True, default="")
    key = models.UUIDField(null=True)
    answer = models.CharField(max_length=7, choices=CheckAnswer.choices(), blank=True, default="")
    note = models.CharField(max_length=1500, blank=True, default="")
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=60, blank=True, default="")
    answered_account = models.BigIntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["district", "area"],
                condition=models.Q(answered_at=None, withdrawn_at=None),
                name="patrol_checks_open",
            ),
            models.Index(fields=["district", "case_id"], name="patrol_checks_case"),
        ]
