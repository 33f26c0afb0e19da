"""The conversation of those who handle one case (R305); the caller does not see it."""

from django.db import models


class Message(models.Model):
    """One thing said on a case by somebody of a body that handles or watches it."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    body_id = models.BigIntegerField(null=True)
    text = models.TextField()
    photos = models.JSONField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    said_at = models.DateTimeField()
    idempotency_key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "idempotency_key"], name="message_idempotency_key")
        ]
        indexes = [models.Index(fields=["district", "case_id", "id"], name="message_of_case")]


class Read(models.Model):
    """How far one person has read one case's conversation."""

    pk = models.CompositePrimaryKey("district", "case_id", "account_id")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    message_id = models.BigIntegerField()
    read_at = models.DateTimeField()
