"""What a district sets of its reports and of a street's health."""

from django.db import models

from huying.reports.rules.health import Indicator
from huying.reports.rules.kinds import ReportKind


class ReportTime(models.Model):
    """When a kind of report is written and how many working days it may wait to be signed; without a row, or a number of
    days, the platform's own hold."""

    district = models.IntegerField()
    kind = models.CharField(max_length=5, choices=ReportKind.choices())
    at = models.TimeField()
    after = models.IntegerField()
    on = models.BooleanField()
    sign_within = models.SmallIntegerField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "kind"], name="report_time_once")]


class HealthLimit(models.Model):
    """What counts as normal of one indicator of a street's health; without a row the platform's own limits hold."""

    district = models.IntegerField()
    indicator = models.CharField(max_length=20, choices=Indicator.choices())
    width = models.DecimalField(max_digits=4, decimal_places=1)
    low = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "indicator"], name="health_limit_once")]
