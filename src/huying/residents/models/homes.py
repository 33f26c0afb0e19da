"""Where people live: buildings of a grid, their flats, and the households in each."""

from django.db import models

from huying.residents.rules.kinds import HomeUse, HouseholdKind


def next_id() -> models.Func:
    return models.Func(
        models.Value("residents_id"), function="nextval", output_field=models.BigIntegerField()
    )


class Building(models.Model):
    """楼栋. ``area`` is its grid; ``lon``, ``lat`` in CGCS2000 degrees."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    name = models.CharField(max_length=60)
    estate = models.CharField(max_length=60, blank=True, default="")
    address = models.CharField(max_length=120, blank=True, default="")
    area = models.CharField(max_length=15, db_collation="C")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    floors = models.SmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "area", "estate", "name"],
                condition=models.Q(ended_at=None),
                name="residents_building_once",
            )
        ]
        indexes = [models.Index(fields=["district", "area", "id"], name="residents_building_area")]


class Home(models.Model):
    """房屋: one flat or room of a building; ``number`` in its usual form (2单元501)."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    building_id = models.BigIntegerField()
    number = models.CharField(max_length=40)
    use = models.CharField(max_length=8, choices=HomeUse.choices())
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "building_id", "number"], name="residents_home_once")
        ]


class Household(models.Model):
    """户: who lives together in a flat; ``number`` counts the households of one flat."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    home_id = models.BigIntegerField()
    number = models.SmallIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=HouseholdKind.choices())
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "home_id", "number"], name="residents_household_once")
        ]
