from django.db import models

from huying.figures.rules.formulas import Unit
from huying.figures.rules.measures import Measure
from huying.loop.supervise.rules.cuts import Cut


class Tally(models.Model):
    """The counts of one day or month (``span``) in one cell of one cut; one column for each ``Measure``."""

    pk = models.CompositePrimaryKey("district", "cut", "scope", "span", "start", "key")
    district = models.IntegerField()
    cut = models.CharField(max_length=4, choices=Cut.choices(), db_collation="C")
    scope = models.CharField(max_length=12, db_collation="C")
    span = models.CharField(max_length=1, choices=[("d", "日"), ("m", "月")])
    start = models.DateField()
    key = models.CharField(max_length=20, db_collation="C")


# One column for each member, so that nothing can be counted without a place to stand.
for _measure in Measure:
    models.BigIntegerField(db_default=0).contribute_to_class(Tally, _measure.value)


class FactCase(models.Model):
    """What stands behind a number: one row for each fact. Its key holds all that a board filters by."""

    pk = models.CompositePrimaryKey("district", "measure", "day", "area", "body_id", "item", "case_id", "seq")
    district = models.IntegerField()
    measure = models.CharField(max_length=20, db_collation="C")
    day = models.DateField()
    area = models.CharField(max_length=12, db_collation="C")
    body_id = models.BigIntegerField()
    item = models.CharField(max_length=2, db_collation="C")
    case_id = models.BigIntegerField()
    seq = models.IntegerField()


class FormulaVersion(models.Model):
    """A district's own version of an indicator, never altered: a change is a further version."""

    district = models.IntegerField()
    code = models.CharField(max_length=30)
    version = models.IntegerField()
    valid_from = models.DateField()
    zh = models.CharField(max_length=30)
    en = models.CharField(max_length=60)
    numerator = models.CharField(max_length=400)
    denominator = models.CharField(max_length=400)
    unit = models.CharField(max_length=8, choices=Unit.choices())
    better = models.SmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "code", "version"], name="formula_version_once")
        ]
