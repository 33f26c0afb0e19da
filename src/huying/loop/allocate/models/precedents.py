"""Rulings that bind later dispatches, and how sure the platform must be to dispatch by itself."""

from django.db import models


class Precedent(models.Model):
    """先例: a ruling (裁定) that says to whom cases like this one belong, within an area.

    ``condition`` is the number of the filing condition, None when the ruling covers the whole item.
    """

    district = models.IntegerField()
    item = models.CharField(max_length=32)
    condition = models.IntegerField(null=True)
    area = models.CharField(max_length=15, db_collation="C")
    body_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    case_number = models.CharField(max_length=40)
    grounds = models.TextField()
    ruled_by = models.CharField(max_length=60)
    valid_from = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "case_id", "seq"], name="precedent_of_one_ruling")
        ]
        indexes = [
            models.Index(
                fields=["district", "item"], condition=models.Q(revoked_at=None), name="precedent_in_force"
            )
        ]


class DispatchRule(models.Model):
    """派单规则: a district's thresholds. A change is a new row; the newest holds, the older tell who and when.

    ``automatic_above``: probability from which a case is dispatched without a person; 1 or more means never.
    ``item_above``: probability from which the item counts as sure. ``list_weight``: how many past cases the
    responsibility list outweighs.
    """

    district = models.IntegerField()
    automatic_above = models.FloatField()
    item_above = models.FloatField()
    list_weight = models.FloatField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district", "-id"], name="dispatch_rule_newest")]
