from django.db import models

from huying.loop.supervise.rules.cuts import Cut
from huying.loop.supervise.rules.gauges import Gauge


class CaseStanding(models.Model):
    """How one case stands by the ledger, kept one step behind it; what the gauges are changed by."""

    pk = models.CompositePrimaryKey("district", "case_id")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    state = models.CharField(max_length=12)
    level = models.CharField(max_length=12)
    area = models.CharField(max_length=12, db_collation="C")
    body_id = models.BigIntegerField()
    item = models.CharField(max_length=2)
    contacted = models.BooleanField()
    disputes = models.JSONField()
    delay = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    clocks = models.JSONField()
    late_since = models.DateTimeField(null=True)
    late_kind = models.CharField(max_length=12)
    late_body = models.BigIntegerField()
    at = models.DateTimeField()
    seq = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["district", "late_since", "case_id"],
                include=["area", "late_body", "late_kind", "item"],
                condition=models.Q(late_since__isnull=False),
                name="standing_late",
            ),
            models.Index(
                fields=["district", "late_body", "late_since", "case_id"],
                condition=models.Q(late_since__isnull=False),
                name="standing_late_of_body",
            ),
        ]


class GaugeRow(models.Model):
    """How many stand how, now: one column for each ``Gauge``, one row for each cell of each cut."""

    pk = models.CompositePrimaryKey("district", "cut", "scope", "key")
    district = models.IntegerField()
    cut = models.CharField(max_length=4, choices=Cut.choices(), db_collation="C")
    scope = models.CharField(max_length=12, db_collation="C")
    key = models.CharField(max_length=20, db_collation="C")


# One column for each member, so that a gauge cannot be counted without a place to stand.
for _gauge in Gauge:
    models.BigIntegerField(db_default=0).contribute_to_class(GaugeRow, _gauge.value)
