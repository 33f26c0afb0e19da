from django.db import models


class Deed(models.Model):
    """A step already taken under an Idempotency-Key: asked again, it is answered and not repeated."""

    pk = models.CompositePrimaryKey("district", "key")
    district = models.IntegerField()
    key = models.CharField(max_length=80)
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField()
