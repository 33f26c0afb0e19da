from collections.abc import Mapping
from typing import Final

from django.db import models

from huying.kernel.terms import Term


class PromiseKind(Term):
    """To whom the word was given: to the caller in public, to whoever called the bodies together, or to a leader."""

    PROMISE = "promise", "承诺"
    PART = "part", "会诊分工"
    RECTIFICATION = "rectify", "整改"

    @property
    def said_as(self) -> str:
        """The name of the fact in which it was said what is to be done."""
        return _SAID_AS[self]


_SAID_AS: Final[Mapping[PromiseKind, str]] = {
    PromiseKind.PROMISE: "promise",
    PromiseKind.PART: "task",
    PromiseKind.RECTIFICATION: "rectification",
}


class PromiseState(Term):
    """Where a promise stands. Kept by its body's word and proof; whoever finds otherwise says so (R303)."""

    OPEN = "open", "兑现中"
    KEPT = "kept", "已兑现"
    BROKEN = "broken", "未兑现"
    LAPSED = "lapsed", "已终止"


class Promise(models.Model):
    """有诺必果: what a body will do by a date, beyond the closing of the case if need be.

    ``season`` ("2027-spring") is how the date was named, "" for a plain date. What was promised stands in the
    statements of the entry ``made_seq``. ``broken_at`` stays also where the body did it afterwards.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    order_id = models.BigIntegerField()
    body_id = models.BigIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    kind = models.CharField(max_length=8, choices=PromiseKind.choices())
    state = models.CharField(max_length=8, choices=PromiseState.choices())
    until = models.DateTimeField()
    season = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    made_seq = models.IntegerField()
    kept_at = models.DateTimeField(null=True)
    kept_by = models.BigIntegerField(null=True)
    kept_seq = models.IntegerField(null=True)
    broken_at = models.DateTimeField(null=True)
    broken_by = models.BigIntegerField(null=True)
    broken_seq = models.IntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "case_id"], name="promise_of_case"),
            models.Index(fields=["district", "state", "until", "id"], name="promise_by_state"),
            models.Index(fields=["district", "body_id", "state", "until", "id"], name="promise_of_body"),
            models.Index(
                fields=["district", "broken_at"],
                condition=models.Q(broken_at__isnull=False),
                name="promise_broken",
            ),
        ]
