"""What centres offer, the places in its slots, and what residents ask of them. Who asked is sealed."""

from django.db import models
from django.db.models import F, Q

from huying.services.models.facilities import next_id
from huying.services.rules.kinds import AskState


class Service(models.Model):
    """服务项目 of a centre. Fields as ``rules.slots.NewService``."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    facility_id = models.BigIntegerField()
    name = models.CharField(max_length=40)
    words = models.CharField(max_length=500, blank=True, default="")
    category = models.CharField(max_length=12)
    minutes = models.SmallIntegerField()
    notice = models.SmallIntegerField()
    confirms = models.BooleanField(default=True)
    at_home = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "facility_id", "name"],
                condition=Q(ended_at=None),
                name="services_service_name",
            )
        ]


class Slot(models.Model):
    """时段. ``taken`` of ``capacity`` places; that it is never more is the row's own rule, whoever writes at once."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    service_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.SmallIntegerField()
    taken = models.SmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "service_id", "starts_at"],
                condition=Q(cancelled_at=None),
                name="services_slot_once",
            ),
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("capacity")), name="services_never_overbooked"
            ),
        ]


class Ask(models.Model):
    """服务点单: what one resident asked of a centre. ``number`` is told to them; ``key``: the same form is one ask.

    ``community``: where they live, for demand. ``starts_at``: of its slot, or as the centre arranged it. ``told``: what
    the centre says to them. Name, phone, address, words and review are sealed and go 180 days after its end.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    number = models.CharField(max_length=12)
    key = models.UUIDField()
    service_id = models.BigIntegerField()
    facility_id = models.BigIntegerField()
    slot_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=AskState.choices())
    caller_id = models.BigIntegerField(null=True)
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    address_sealed = models.BinaryField(null=True)
    words_sealed = models.BinaryField(null=True)
    community = models.CharField(max_length=12, db_collation="C", blank=True, default="")
    made_at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True)
    arranged_at = models.DateTimeField(null=True)
    arranged_by = models.CharField(max_length=60, blank=True, default="")
    worker = models.CharField(max_length=40, blank=True, default="")
    told = models.CharField(max_length=200, blank=True, default="")
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")
    by_resident = models.BooleanField(default=False)
    stars = models.SmallIntegerField(null=True)
    review_sealed = models.BinaryField(null=True)
    rated_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "number"], name="services_ask_number"),
            models.UniqueConstraint(fields=["district", "key"], name="services_ask_once"),
            models.UniqueConstraint(
                fields=["district", "slot_id", "caller_id"],
                condition=Q(state__in=["asked", "arranged"]),
                name="services_ask_one_place",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "facility_id", "state", "id"], name="services_asks_of"),
            models.Index(
                fields=["district", "starts_at"],
                condition=Q(state="arranged", reminded_at=None),
                name="services_asks_to_remind",
            ),
            models.Index(
                fields=["district", "ended_at"], condition=Q(cleared_at=None), name="services_asks_to_clear"
            ),
            models.Index(
                fields=["district", "caller_id"],
                condition=Q(caller_id__isnull=False),
                name="services_asks_by",
            ),
        ]
