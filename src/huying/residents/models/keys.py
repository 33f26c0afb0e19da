"""Key persons as data: the kinds, who is of which, and on what ground their data are kept."""

from django.db import models

from huying.residents.models.homes import next_id
from huying.residents.rules.kinds import CareLevel, ConsentForm, LegalBasis, Purpose


class KeyKind(models.Model):
    """重点人群类别: a row of the district's list; ``ended_at``: given to nobody any more."""

    district = models.IntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    level = models.CharField(max_length=8, choices=CareLevel.choices())
    sensitive = models.BooleanField(default=False)
    hint = models.CharField(max_length=100, blank=True, default="")
    place = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "code"], name="residents_kind_code"),
            models.UniqueConstraint(
                fields=["district", "name"], condition=models.Q(ended_at=None), name="residents_kind_name"
            ),
        ]


class KeyLabel(models.Model):
    """重点标记: a person is of a kind since a day; ``level`` may be higher than the kind's own, with the reason."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    person_id = models.BigIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(max_length=20)
    level = models.CharField(max_length=8, choices=CareLevel.choices())
    since = models.DateField()
    why = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True, default="")
    ended_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "person_id", "kind"],
                condition=models.Q(ended_at=None),
                name="residents_label_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["district", "area", "person_id"],
                condition=models.Q(ended_at=None),
                name="residents_label_area",
            ),
        ]


class Ground(models.Model):
    """处理依据: for what and on what basis somebody's data are kept, since and until when; rows are only added.

    ``detail``: the article of law, or where the signed form is filed. Withdrawn it stays, with who and when.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    person_id = models.BigIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices())
    basis = models.CharField(max_length=10, choices=LegalBasis.choices())
    consent = models.CharField(max_length=10, choices=ConsentForm.choices(), blank=True, default="")
    detail = models.CharField(max_length=200, blank=True, default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True, default="")
    withdrawn_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["district", "person_id", "id"], name="residents_ground_of"),
        ]
