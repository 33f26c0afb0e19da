"""Roads as a network of nodes and edges, where people live, and the circles that were drawn of both."""

import uuid

from django.db import models

from huying.services.models.facilities import next_id


class Surroundings(models.Model):
    """身边: what is held in memory of a district is made anew when one of these changes."""

    district = models.IntegerField(primary_key=True)
    roads = models.UUIDField("路网版本", default=uuid.uuid4)
    places = models.UUIDField("设施版本", default=uuid.uuid4)
    nodes = models.IntegerField(default=0)
    edges = models.IntegerField(default=0)
    source = models.CharField(max_length=120, blank=True, default="")
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.CharField(max_length=60, blank=True, default="")


class WalkNode(models.Model):
    """路口: where ways on foot meet; CGCS2000 degrees."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()


class WalkEdge(models.Model):
    """路段: two nodes and the metres between them, walked either way."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    metres = models.FloatField()


class PeopleSpot(models.Model):
    """居住点: how many people live about here; an estate, a block, a share of a community. Nobody is named."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    name = models.CharField(max_length=80, blank=True, default="")
    lon = models.FloatField()
    lat = models.FloatField()
    people = models.FloatField()
    area = models.CharField(max_length=15, db_collation="C")


class Circle(models.Model):
    """生活圈: one reckoning. ``kinds``: as ``rules.circle.KindCircle``, one for each kind, with places for its sites.

    ``roads``: by which network; None where there was none. ``straight``: share of people judged by straight lines.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    seconds = models.FloatField()
    roads = models.UUIDField(null=True)
    straight = models.FloatField(default=0.0)
    people = models.FloatField()
    spots = models.IntegerField()
    kinds = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["district", "-id"], name="services_circles")]
