from django.db import models


class Cursor(models.Model):
    """How far one handler has followed the ledger of one district."""

    pk = models.CompositePrimaryKey("district", "handler")
    district = models.IntegerField()
    handler = models.CharField(max_length=40)
    position = models.BigIntegerField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    moved_at = models.DateTimeField()


class Stumble(models.Model):
    """An entry that a handler could not take; it went on and left this for a person to look at."""

    district = models.IntegerField()
    handler = models.CharField(max_length=40)
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    at = models.DateTimeField()
    error = models.TextField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "handler", "case_id", "seq"], name="stumble_once")
        ]


class Heartbeat(models.Model):
    """A sign of life of one background duty, itself watched."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
    note = models.JSONField()
