from django.db import models

from huying.cases.lifecycle import Channel


class Appeal(models.Model):
    """诉求: what one caller says once. It owns the receipt number."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    receipt = models.CharField(max_length=12)
    idempotency_key = models.CharField(max_length=80, null=True)
    channel = models.CharField(max_length=12, choices=Channel.choices())
    kind = models.CharField(max_length=12)
    text = models.TextField()
    salt = models.BinaryField(max_length=16)
    caller_id = models.BigIntegerField(null=True)
    place_text = models.CharField(max_length=300)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    area = models.CharField(max_length=15, db_collation="C")
    source = models.CharField(max_length=40)
    external_number = models.CharField(max_length=64, null=True)
    received_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "receipt"], name="appeal_receipt"),
            models.UniqueConstraint(fields=["district", "idempotency_key"], name="appeal_idempotency_key"),
        ]
        indexes = [
            models.Index(
                fields=["district", "caller_id", "-received_at"],
                condition=models.Q(caller_id__isnull=False),
                name="appeal_of_caller",
            ),
            models.Index(
                fields=["district", "external_number"],
                condition=models.Q(external_number__isnull=False),
                name="appeal_external_number",
            ),
        ]


class Answer(models.Model):
    """What one caller answered to a question that goes with the item, in the order asked.

    ``question`` and ``said`` are the words as they stood then; ``given`` is what the client sent, one key a line.
    """

    pk = models.CompositePrimaryKey("district", "appeal_id", "number")
    district = models.IntegerField()
    appeal_id = models.BigIntegerField()
    number = models.SmallIntegerField()
    code = models.CharField(max_length=40)
    question = models.CharField(max_length=300)
    given = models.TextField()
    said = models.TextField()


class CaseAppeal(models.Model):
    """Which appeals a case answers; ``until`` is set when a merge or a withdrawal takes the appeal away."""

    pk = models.CompositePrimaryKey("district", "case_id", "appeal_id")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    appeal_id = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "appeal_id"], name="case_of_appeal")]


class Attachment(models.Model):
    """A photo of an appeal or an entry, re-encoded and stripped of what it did not need to say."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    appeal_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    seq = models.IntegerField(null=True)
    stage = models.CharField(max_length=12)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    width = models.IntegerField()
    height = models.IntegerField()
    size = models.IntegerField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["district", "appeal_id"], name="attachment_of_appeal"),
            models.Index(fields=["district", "case_id"], name="attachment_of_case"),
        ]
