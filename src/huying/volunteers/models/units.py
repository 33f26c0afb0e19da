"""The joint meeting's units, and its three lists: what is there, what is wanted, what is being done."""

from django.db import models

from huying.volunteers.models.people import next_id
from huying.volunteers.rules.kinds import Matter, Sheet, UnitKind


class Unit(models.Model):
    """共建单位: registered at a street or community. ``body_id``: the same as a body that is given orders."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    area = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(max_length=10, choices=UnitKind.choices())
    name = models.CharField(max_length=60)
    contact = models.CharField(max_length=40, blank=True, default="")
    phone_sealed = models.BinaryField(null=True)
    words = models.CharField(max_length=500, blank=True, default="")
    body_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    left_at = models.DateTimeField(null=True)
    left_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "name"], condition=models.Q(left_at=None), name="volunteers_unit_name"
            )
        ]
        indexes = [models.Index(fields=["district", "area", "id"], name="volunteers_unit_area")]

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """清单条目: a resource that a unit offers, or a need of a unit or of the community itself (``unit_id`` None)."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    sheet = models.CharField(max_length=8, choices=Sheet.choices())
    matter = models.CharField(max_length=8, choices=Matter.choices())
    area = models.CharField(max_length=15, db_collation="C")
    title = models.CharField(max_length=60)
    words = models.CharField(max_length=500, blank=True, default="")
    unit_id = models.BigIntegerField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    once = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "once"], name="volunteers_listing_once")]
        indexes = [
            models.Index(fields=["district", "sheet", "-id"], name="volunteers_listing_newest"),
            models.Index(fields=["district", "unit_id"], name="volunteers_listing_unit"),
        ]

    def __str__(self) -> str:
        return self.title


class Project(models.Model):
    """项目: a need taken up by a unit: who is responsible there, what is promised, until when, what came of it."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    area = models.CharField(max_length=15, db_collation="C")
    title = models.CharField(max_length=60)
    need_id = models.BigIntegerField()
    resource_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField()
    who = models.CharField(max_length=40)
    promise = models.CharField(max_length=300)
    due_on = models.DateField()
    once = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=60, blank=True, default="")
    result = models.CharField(max_length=500, blank=True, default="")
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=60, blank=True, default="")
    stopped_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "once"], name="volunteers_project_once"),
            # A need is taken up by one at a time; who stopped makes room for another.
            models.UniqueConstraint(
                fields=["district", "need_id"],
                condition=models.Q(stopped_at=None),
                name="volunteers_project_of_need",
            ),
        ]
        indexes = [models.Index(fields=["district", "-id"], name="volunteers_project_newest")]

    def __str__(self) -> str:
        return self.title


class Progress(models.Model):
    """进展: what was done on a project, in the words of whoever reported it."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    project_id = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    words = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["district", "project_id", "id"], name="volunteers_progress_of")]
