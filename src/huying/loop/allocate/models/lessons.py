"""The learned memory as rows, so that every process learns the same and nothing is lost at a restart."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Value

_NEXT = Func(Value("allocate_lesson"), function="nextval", output_field=models.BigIntegerField())


class BodyLesson(models.Model):
    """One dispatch that stood: what was known of the case, and the body. Named by the ledger entry it is from.

    ``number`` grows in the order of writing within a district; processes follow it.
    """

    pk = models.CompositePrimaryKey("district", "case_id", "seq")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    number = models.BigIntegerField(db_default=_NEXT)
    at = models.DateTimeField()
    item = models.CharField(max_length=32)
    area = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(max_length=16)
    channel = models.CharField(max_length=16)
    body_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["district", "number"], name="body_lesson_follow"),
            models.Index(fields=["district", "item", "at"], name="body_lesson_item"),
        ]


class ItemLesson(models.Model):
    """One settled or corrected item. The text is not kept: only which grams it had, and how much of each.

    ``account_id`` is whose word it is, None for the outcome of a settled case or a line of a file; ``guessed`` is what
    the platform took it for before. One that was taken back (撤回) teaches nothing any more.
    """

    pk = models.CompositePrimaryKey("district", "case_id", "seq")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    number = models.BigIntegerField(db_default=_NEXT)
    at = models.DateTimeField()
    item = models.CharField(max_length=32)
    columns = ArrayField(models.IntegerField())
    amounts = ArrayField(models.FloatField())
    account_id = models.BigIntegerField(null=True)
    guessed = models.CharField(max_length=32, default="")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=60, default="")
    taken_back_why = models.CharField(max_length=200, default="")

    class Meta:
        indexes = [
            models.Index(fields=["district", "number"], name="item_lesson_follow"),
            models.Index(fields=["district", "account_id", "-number"], name="item_lesson_of_account"),
        ]


class BodyMemory(models.Model):
    """What the lessons up to ``upto`` taught, packed, so that a process starts without replaying a year."""

    district = models.IntegerField(primary_key=True)
    upto = models.BigIntegerField()
    kept_at = models.DateTimeField()
    content = models.BinaryField()


class ItemMemory(models.Model):
    """The machine that the lessons up to ``upto`` taught, packed; empty where they taught none.

    ``upto`` 0: nothing was tried yet, or a lesson was taken back since.
    ``generation`` grows whenever processes have to start anew: a machine was taught, or a lesson was taken back.
    ``trust`` is how far the machine is heard beside the list, 0 to 1.
    """

    district = models.IntegerField(primary_key=True)
    generation = models.IntegerField()
    upto = models.BigIntegerField()
    kept_at = models.DateTimeField()
    trust = models.FloatField(default=0.0)
    content = models.BinaryField(default=bytes)
