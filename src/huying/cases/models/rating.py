from typing import Final

from django.db import models

# The way of a verdict that the caller gave themself, on the page of their receipt.
LINK: Final = "link"


class Rating(models.Model):
    """What one caller says of how one case was handled, by link, seat or community (R501)."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    appeal_id = models.BigIntegerField()
    seq = models.IntegerField()
    way = models.CharField(max_length=10)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    reached = models.BooleanField()
    # Why the caller was not heard; "" where they were, or where it was written down before reasons were asked.
    reason = models.CharField(max_length=16, default="")
    solved = models.BooleanField(null=True)
    # Whether the unit had been in touch, as the caller says; null where nobody asked.
    responded = models.BooleanField(null=True)
    satisfaction = models.CharField(max_length=12)
    speed = models.SmallIntegerField(null=True)
    effect = models.SmallIntegerField(null=True)
    service = models.SmallIntegerField(null=True)
    answer = models.SmallIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "case_id"], name="rating_of_case")]

    @property
    def by_the_caller(self) -> bool:
        """Whether the caller gave it themself; a seat, too, may send a link and write down what came back."""
        return self.way == LINK and self.account_id is None
