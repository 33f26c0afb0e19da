"""What a district chose about its open data, and the files it published."""

from django.db import models

from huying.opendata.rules.ladder import DEFAULT_K


class OpenDataRule(models.Model):
    """开放数据规则: whether a district publishes, with which k, under which licence; the newest row holds."""

    district = models.IntegerField()
    on = models.BooleanField()
    k = models.SmallIntegerField(default=DEFAULT_K)
    licence = models.CharField(max_length=200)
    licence_url = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["district", "-id"], name="open_data_rule_newest")]


class Publication(models.Model):
    """公布: one month of a district, never altered. ``closed`` counts all cases, ``withheld`` those in no line.

    ``totals`` is what the month came to when it was counted, for comparing later; it is told to nobody, and empty where
    it was published before totals were kept.
    """

    pk = models.CompositePrimaryKey("district", "month")
    district = models.IntegerField()
    month = models.DateField()
    published_at = models.DateTimeField()
    k = models.SmallIntegerField()
    licence = models.CharField(max_length=200)
    licence_url = models.CharField(max_length=300)
    closed = models.IntegerField()
    withheld = models.IntegerField()
    totals = models.JSONField(default=dict)


class Correction(models.Model):
    """更正: that a published month comes to other totals by now. ``figures``: name → by how many cases.

    Only what changed by k cases or more stands in it. The files stay as they were published.
    """

    pk = models.CompositePrimaryKey("district", "month", "number")
    district = models.IntegerField()
    month = models.DateField()
    number = models.SmallIntegerField()
    at = models.DateTimeField()
    figures = models.JSONField()


class PublishedFile(models.Model):
    """One file of a month, packed with gzip. ``size`` is unpacked bytes, ``digest`` its SHA-256."""

    pk = models.CompositePrimaryKey("district", "month", "name")
    district = models.IntegerField()
    month = models.DateField()
    name = models.CharField(max_length=20)
    rows = models.IntegerField()
    size = models.IntegerField()
    digest = models.CharField(max_length=64)
    packed = models.BinaryField()
