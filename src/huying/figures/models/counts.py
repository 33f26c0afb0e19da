"""What was counted, how often, and on which cases."""

from django.db import models

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
    """What stands behind a number: one row for each fact. Its key holds all that a board filters by.

    ``times``: how often it was counted at once. ``minutes``: of a closing, how long the case took. ``exempt_at``: since
    when statistics leave it out, by an exemption that was granted.
    """

    pk = models.CompositePrimaryKey("district", "measure", "day", "area", "body_id", "item", "case_id", "seq")
    district = models.IntegerField()
    measure = models.CharField(max_length=20, db_collation="C")
    day = models.DateField()
    area = models.CharField(max_length=15, db_collation="C")
    body_id = models.BigIntegerField()
    item = models.CharField(max_length=2, db_collation="C")
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    times = models.SmallIntegerField(db_default=1)
    minutes = models.IntegerField(null=True)
    exempt_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "case_id"], name="fact_of_case")]


class PostFact(models.Model):
    """What stands behind a person's number: one row for each thing credited."""

    pk = models.CompositePrimaryKey("district", "account_id", "measure", "day", "case_id", "seq", "body_id")
    district = models.IntegerField()
    account_id = models.BigIntegerField()
    measure = models.CharField(max_length=20, db_collation="C")
    day = models.DateField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    body_id = models.BigIntegerField()
    times = models.SmallIntegerField(db_default=1)
    minutes = models.IntegerField(null=True)
    exempt_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "case_id"], name="post_fact_of_case")]


class Hands(models.Model):
    """Through whose hands a case went last, for what is credited later; accounts, 0 for nobody."""

    pk = models.CompositePrimaryKey("district", "case_id")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    registrar = models.BigIntegerField()
    dispatcher = models.BigIntegerField()
    handler = models.BigIntegerField()
