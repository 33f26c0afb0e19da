"""The conversation of those who handle one case (R305), which the caller does not see, and drafts of replies."""

from django.db import models


class Message(models.Model):
    """One thing said on a case by somebody of a body that handles or watches it.

    ``account_id`` is None for an outside system's: ``key_id`` is the key it showed, ``said_by`` the system's name then.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField(null=True)
    said_by = models.CharField(max_length=60, blank=True, default="", db_default="")
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


class ReplyDraft(models.Model):
    """答复草稿: a reply written beside a case for somebody to read, mend and send; it changes nothing on the case.

    ``account_id`` is whose draft it is, None for an outside system's; ``key_id`` the key through which an assistant
    wrote it. ``verb`` is the step that it is meant for.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    account_id = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=20)
    reply = models.TextField()
    result = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    dropped_at = models.DateTimeField(null=True)
    idempotency_key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "idempotency_key"], name="draft_idempotency_key")
        ]
        indexes = [
            models.Index(
                fields=["district", "case_id", "-id"],
                name="draft_of_case",
                condition=models.Q(dropped_at=None),
            )
        ]
