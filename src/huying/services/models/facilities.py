"""What stands where, when it is open, and what people say is wrong with its entry."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.services.rules.kinds import EntryFault, Settling


def next_id() -> models.Func:
    return models.Func(models.Value("services_id"), function="nextval", output_field=models.BigIntegerField())


class FacilityKind(models.Model):
    """设施类型 of a district's own, over those it begins with; ``ended_at``: none is added any more."""

    pk = models.CompositePrimaryKey("district", "code")
    district = models.IntegerField()
    code = models.CharField(max_length=24)
    name = models.CharField(max_length=20)
    circle = models.BooleanField(default=False)
    minutes = models.SmallIntegerField(default=15)
    rank = models.SmallIntegerField(default=100)
    ended_at = models.DateTimeField(null=True)


class Facility(models.Model):
    """服务设施. ``lon``, ``lat`` CGCS2000 degrees; ``hours`` as they are written, "" where nobody knows.

    ``source`` and ``key`` name it where it was imported from. ``body_id`` keeps the entry. ``checked_at``: when somebody
    last made sure that it is right.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    source = models.CharField(max_length=24, blank=True, default="")
    key = models.CharField(max_length=60, blank=True, default="")
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=80)
    area = models.CharField(max_length=15, db_collation="C")
    lon = models.FloatField()
    lat = models.FloatField()
    address = models.CharField(max_length=160, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    hours = models.CharField(max_length=300, blank=True, default="")
    amenities = ArrayField(models.CharField(max_length=20), default=list)
    note = models.CharField(max_length=300, blank=True, default="")
    body_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=60, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")
    ended_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "source", "key"],
                condition=~models.Q(key=""),
                name="services_facility_source",
            )
        ]
        indexes = [
            models.Index(fields=["district", "area", "id"], name="services_facility_area"),
            models.Index(fields=["district", "kind", "id"], name="services_facility_kind"),
        ]


class HoursException(models.Model):
    """开放时间的例外: days on which other times hold, both included. ``spans`` as times of one day; 休息: closed."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    facility_id = models.BigIntegerField()
    first = models.DateField()
    last = models.DateField()
    spans = models.CharField(max_length=100)
    why = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["district", "facility_id", "last"], name="services_exceptions_of")]


class FacilityPhoto(models.Model):
    """设施照片, re-encoded; ``path`` is relative to the store's root."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    facility_id = models.BigIntegerField()
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "facility_id", "sha256"], name="services_photo_once")
        ]


class EntryReport(models.Model):
    """信息有误: what somebody says is wrong with an entry; its keeper's task until ``settled_at``."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    facility_id = models.BigIntegerField()
    fault = models.CharField(max_length=10, choices=EntryFault.choices())
    words = models.CharField(max_length=300, blank=True, default="")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True, default="")
    settling = models.CharField(max_length=10, choices=Settling.choices(), blank=True, default="")
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["district", "id"],
                condition=models.Q(settled_at=None),
                name="services_reports_open",
            ),
            models.Index(fields=["district", "facility_id", "-id"], name="services_reports_of"),
        ]
