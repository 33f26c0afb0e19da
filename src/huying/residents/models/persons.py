"""Persons of the register. What says who they are is sealed; a keyed digest finds the same person again."""

from django.db import models

from huying.residents.models.homes import next_id
from huying.residents.rules.kinds import Leaving, Relation, Sex


class Person(models.Model):
    """人员. ``area`` and ``building_id`` repeat where the household's flat is, so that lists need no join.

    ``born``: the year. ``left_at``: no longer here; what is kept goes when no ground for it holds (``Ground``).
    ``erased_at``: everything about them is gone but that there was somebody.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    household_id = models.BigIntegerField()
    building_id = models.BigIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    relation = models.CharField(max_length=12, choices=Relation.choices())
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    phone_digest = models.BinaryField(null=True)
    id_sealed = models.BinaryField(null=True)
    id_digest = models.BinaryField(null=True)
    note_sealed = models.BinaryField(null=True)
    sex = models.CharField(max_length=6, choices=Sex.choices(), blank=True, default="")
    born = models.SmallIntegerField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    left_at = models.DateTimeField(null=True)
    left_by = models.CharField(max_length=60, blank=True, default="")
    left_why = models.CharField(max_length=8, choices=Leaving.choices(), blank=True, default="")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "id_digest"],
                condition=models.Q(left_at=None, id_digest__isnull=False),
                name="residents_person_number",
            )
        ]
        indexes = [
            models.Index(fields=["district", "area", "id"], name="residents_person_area"),
            models.Index(fields=["district", "household_id"], name="residents_person_home"),
            models.Index(
                fields=["district", "phone_digest"],
                condition=models.Q(phone_digest__isnull=False),
                name="residents_person_phone",
            ),
        ]


class Contact(models.Model):
    """联系人: whom to call for a person: a daughter, a neighbour who has the key."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    person_id = models.BigIntegerField()
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    relation = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["district", "person_id"], name="residents_contact_of")]


class Guarding(models.Model):
    """设备守护: which device guards which person, since and until when. Several may live behind one button."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    person_id = models.BigIntegerField()
    device_id = models.BigIntegerField()
    device = models.CharField(max_length=40)
    since = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "device", "person_id"],
                condition=models.Q(ended_at=None),
                name="residents_guard_once",
            )
        ]
        indexes = [models.Index(fields=["district", "person_id"], name="residents_guard_of")]
