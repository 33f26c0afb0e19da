from django.contrib.postgres.indexes import BrinIndex
from django.db import models

# Where an entry stands for those who follow the ledger: the number of its transaction (see the migration).
_POSITION = models.Func(function="ledger_position", output_field=models.BigIntegerField())


class Entry(models.Model):
    """One act on one case, never altered: triggers and the writer's role allow INSERT alone."""

    pk = models.CompositePrimaryKey("district", "case_id", "seq")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    verb = models.CharField(max_length=20)
    outcome = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    account_id = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField(null=True)
    body_id = models.BigIntegerField(null=True)
    order_id = models.BigIntegerField(null=True)
    appeal_id = models.BigIntegerField(null=True)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    facts = models.JSONField()
    algorithm = models.CharField(max_length=8)
    seal = models.BinaryField(max_length=32)
    position = models.BigIntegerField(db_default=_POSITION)

    class Meta:
        indexes = [
            models.Index(fields=["district", "position", "case_id", "seq"], name="entry_position"),
            BrinIndex(fields=["at"], name="entry_at"),
        ]


class Statement(models.Model):
    """Free text of an entry, outside the chain: the entry holds its salted digest, so it can be erased by law."""

    pk = models.CompositePrimaryKey("district", "case_id", "seq", "name")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    name = models.CharField(max_length=20)
    public = models.BooleanField()
    text = models.TextField()
    salt = models.BinaryField(max_length=16)


class DayRoot(models.Model):
    """The published Merkle root over the seals of one district's day."""

    pk = models.CompositePrimaryKey("district", "day")
    district = models.IntegerField()
    day = models.DateField()
    entries = models.IntegerField()
    algorithm = models.CharField(max_length=8)
    root = models.BinaryField(max_length=32)
    published_at = models.DateTimeField()
