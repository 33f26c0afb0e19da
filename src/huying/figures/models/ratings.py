"""What streets think of the departments that handled their cases."""

from django.db import models


class StreetRating(models.Model):
    """街道评部门: what a street gave a unit for one period, 1 to 5 stars with words; changeable until it is closed."""

    district = models.IntegerField()
    street = models.CharField(max_length=9, db_collation="C")
    body_id = models.BigIntegerField()
    first = models.DateField()
    last = models.DateField()
    stars = models.SmallIntegerField()
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "street", "body_id", "last"], name="street_rates_once"
            )
        ]
