"""Callers, and the audit of who saw them. Both tables are large and keyed by district."""

from django.db import models

from huying.people.rules.kinds import ViewingKind


def _next(sequence: str) -> models.Func:
    return models.Func(models.Value(sequence), function="nextval", output_field=models.BigIntegerField())


class Caller(models.Model):
    """诉求人: whoever spoke. Name, phone, e-mail and id number are sealed (``rules.sealing``).

    ``phone_digest`` is a keyed digest of the phone's normal form: callers are found by it and never
    by a readable number. ``erased_at`` says when the law's erasure took everything else away.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("people_caller_id"))
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    email_sealed = models.BinaryField(null=True)
    id_number_sealed = models.BinaryField(null=True)
    phone_digest = models.BinaryField(null=True)
    first_seen_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "phone_digest"], name="people_caller_phone"),
        ]


class Viewing(models.Model):
    """查看记录: who saw, searched or exported whose data, when, why. Rows are only ever added."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("people_viewing_id"))
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=ViewingKind.choices())
    what = models.CharField(max_length=200)
    caller_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["district", "at"], name="people_viewing_at"),
            models.Index(fields=["district", "case_id"], name="people_viewing_case"),
            models.Index(fields=["district", "caller_id"], name="people_viewing_caller"),
        ]
