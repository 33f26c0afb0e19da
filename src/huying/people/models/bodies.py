"""Units and the duties they bear."""

from django.db import models

from huying.people.rules.kinds import BodyKind


class Register(models.Model):
    """名册: one row for each district with a number that is new at every change of its units.

    The number is random, not counted up: a cache filled inside a transaction that was rolled back can then
    never be taken for the next change. Bearings and aliases count as units here.
    """

    district = models.IntegerField(primary_key=True)
    revision = models.BigIntegerField(default=0)


class Body(models.Model):
    """单位: whoever may be given an order.

    ``code`` is the 18-character 统一社会信用代码 or, where there is none, a local code.
    ``area`` is the area code prefix the unit belongs to (6, 9 or 12 digits).
    """

    district = models.IntegerField()
    code = models.CharField(max_length=18)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=BodyKind.choices())
    area = models.CharField(max_length=15)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    active_from = models.DateField(null=True)
    active_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "code"], name="people_body_code"),
            models.UniqueConstraint(fields=["district", "name"], name="people_body_name"),
        ]

    def __str__(self) -> str:
        return self.name


class BodyAlias(models.Model):
    """别名: a spelling met in orders and imports, in normal form, that means one body."""

    district = models.IntegerField()
    name = models.CharField(max_length=100)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="people_alias_name")]


class Bearing(models.Model):
    """职责承担: which body bears a duty within an area prefix. The longest prefix wins."""

    district = models.IntegerField()
    duty = models.CharField(max_length=40)
    area = models.CharField(max_length=15)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="bearings")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "duty", "area"], name="people_bearing_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "duty", "area"],
                condition=models.Q(valid_to=None),
                name="people_bearing_open",
            )
        ]
