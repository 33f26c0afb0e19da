from django.db import models

from huying.cases.clocks import RungAction
from huying.cases.lifecycle import ClockKind


class Clock(models.Model):
    """A time limit that runs. ``next_at`` is when the next rung of the ladder is reached; null when still."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    order_id = models.BigIntegerField(null=True)
    body_id = models.BigIntegerField(null=True)
    promise_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12, choices=ClockKind.choices())
    amount = models.DecimalField(max_digits=8, decimal_places=4)
    unit = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    extensions = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    rung = models.SmallIntegerField(default=0)
    failures = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stopped_at__isnull=True) | models.Q(next_at__isnull=True),
                name="clock_stopped_is_still",
            ),
            models.UniqueConstraint(
                fields=["district", "case_id", "kind", "order_id", "promise_id"],
                condition=models.Q(stopped_at__isnull=True),
                nulls_distinct=False,
                name="clock_one_running",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="clock_to_fire"),
            models.Index(fields=["district", "case_id"], name="clock_of_case"),
        ]


class ClockLimit(models.Model):
    """How long a district allows for a step that no item of its list speaks of (受理、派单、裁定、督办回复)."""

    district = models.IntegerField()
    kind = models.CharField(max_length=12, choices=ClockKind.choices())
    amount = models.DecimalField(max_digits=8, decimal_places=4)
    unit = models.CharField(max_length=16)
    valid_from = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "valid_from"], name="clock_limit_once")
        ]


class Rung(models.Model):
    """One rung of a district's ladder (R402): at this share of the limit, this is done."""

    district = models.IntegerField()
    kind = models.CharField(max_length=12, choices=ClockKind.choices())
    number = models.SmallIntegerField()
    action = models.CharField(max_length=12, choices=RungAction.choices())
    share = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "kind", "number"], name="rung_once")]


class Pause(models.Model):
    """A stretch in which a clock stood still, because the case was suspended."""

    pk = models.CompositePrimaryKey("district", "clock_id", "starts_at")
    district = models.IntegerField()
    clock_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
