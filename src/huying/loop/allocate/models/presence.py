"""Who has which case open at a dispatch desk."""

from django.db import models


class Presence(models.Model):
    """在办: one person at a desk and the one case they have open; gone when nothing was heard for a while.

    A soft lock and no more: what two people decide on one case is kept apart by its version.
    """

    pk = models.CompositePrimaryKey("district", "account_id")
    district = models.IntegerField()
    account_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    case_id = models.BigIntegerField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district", "case_id"], name="presence_of_case")]
