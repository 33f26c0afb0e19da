"""封账: what the figures of a period were when somebody closed it. A trigger refuses to alter or remove any of it."""

from django.db import models

from huying.loop.supervise.rules.cuts import Cut


class ClosedPeriod(models.Model):
    """One closing of a period, with everything that its ranking was reckoned by.

    ``position``, ``case_id`` and ``seq`` are how far the ledger had been counted; ``digest`` is over all rows.
    """

    district = models.IntegerField()
    first = models.DateField()
    last = models.DateField()
    version = models.SmallIntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.BigIntegerField(null=True)
    closed_name = models.CharField(max_length=60)
    scheme = models.JSONField()
    threshold = models.JSONField()
    formulas = models.JSONField()
    exempted = models.IntegerField()
    rows = models.IntegerField()
    digest = models.CharField(max_length=64)
    position = models.BigIntegerField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "first", "last", "version"], name="period_closed_once"
            )
        ]


class ClosedRow(models.Model):
    """One row of a closed period as it stood: name, counts, figures and ranks by each indicator, under its key.

    ``kind`` is the sort among which it is ranked: a unit's kind, an area's level, a post's role; ``under`` where it
    belonged then (words, and of a post its area and body).
    """

    pk = models.CompositePrimaryKey("district", "closed_id", "cut", "scope", "key")
    district = models.IntegerField()
    closed_id = models.BigIntegerField()
    cut = models.CharField(max_length=4, choices=Cut.choices(), db_collation="C")
    scope = models.CharField(max_length=12, db_collation="C")
    key = models.CharField(max_length=20, db_collation="C")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    under = models.JSONField()
    counts = models.JSONField()
    figures = models.JSONField()
    ranks = models.JSONField()


class Reopening(models.Model):
    """Why a closing does not hold any more; the next one is a version of its own, and both are kept."""

    district = models.IntegerField()
    closed_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
