from django.db import models

from huying.kernel.terms import Term


class Side(Term):
    """Who rates whom after a call."""

    CALLER = "caller", "呼叫方评应呼单位"
    CALLED = "called", "应呼单位评呼叫方"


class Call(models.Model):
    """呼叫/吹哨: bodies called to the spot of one case (R207). Each called body has an order of its own, to answer.

    ``area`` is the code of whoever called (a grid, community, street or the district). ``situation`` is the code of
    the start condition, "" where the call was made without one. ``fallback_body_id`` is called too when others do
    not answer.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    situation = models.CharField(max_length=16)
    fallback_body_id = models.BigIntegerField(null=True)
    called_at = models.DateTimeField()
    called_by = models.BigIntegerField(null=True)
    called_seq = models.IntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_seq = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "case_id"],
                condition=models.Q(ended_at__isnull=True),
                name="call_one_open",
            )
        ]
        indexes = [
            models.Index(fields=["district", "case_id"], name="call_of_case"),
            models.Index(fields=["district", "-called_at", "-id"], name="call_recent"),
        ]


class Called(models.Model):
    """One body that was called; ``id`` is that of its order, where it stands when it answered (``signed_at``).

    ``metres`` is how far from the case's place it reported in, None where the device told no position. The
    position itself is not kept: where a person stood is nobody's business beyond the distance.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    call_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    body_id = models.BigIntegerField()
    called_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    arrived_by = models.BigIntegerField(null=True)
    arrived_seq = models.IntegerField(null=True)
    metres = models.IntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "case_id"], name="called_of_case"),
            models.Index(
                fields=["district", "arrived_at"],
                condition=models.Q(arrived_at__isnull=False),
                name="called_arrived",
            ),
        ]


class CallRating(models.Model):
    """What one side of a call says of the other, once each; both are kept."""

    pk = models.CompositePrimaryKey("district", "order_id", "side")
    district = models.IntegerField()
    order_id = models.BigIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices())
    call_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    stars = models.SmallIntegerField()
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    seq = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["district", "case_id"], name="call_rating_of_case")]
