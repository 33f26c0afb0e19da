from django.db import models

from huying.kernel.terms import Term


class DelayKind(Term):
    """What is asked for when the limit cannot be kept."""

    EXTENSION = "extension", "延期"
    SUSPENSION = "suspension", "挂账"


class DelayState(Term):
    """Where an application for more time stands; it takes two levels to approve."""

    ASKED = "asked", "待初审"
    RECOMMENDED = "recommended", "待终审"
    APPROVED = "approved", "已批准"
    DECLINED = "declined", "未批准"
    LAPSED = "lapsed", "已失效"


class DisputeState(Term):
    """Where a dispute stands."""

    OPEN = "open", "待裁定"
    UPHELD = "upheld", "成立"
    DISMISSED = "dismissed", "不成立"
    FORCED = "forced", "逾期兜底"
    LAPSED = "lapsed", "已失效"


class Delay(models.Model):
    """An application for extension or suspension, and who decided it (R304)."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    order_id = models.BigIntegerField()
    body_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=DelayKind.choices())
    state = models.CharField(max_length=12, choices=DelayState.choices())
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    asked_seq = models.IntegerField()
    until = models.DateTimeField(null=True)
    recommended_at = models.DateTimeField(null=True)
    recommended_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "case_id"], name="delay_of_case"),
            models.Index(
                fields=["district", "state", "asked_at"],
                condition=models.Q(state__in=["asked", "recommended"]),
                name="delay_to_decide",
            ),
        ]


class Dispute(models.Model):
    """One body's one objection to having been given a case (R206); the clock runs on."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    order_id = models.BigIntegerField()
    body_id = models.BigIntegerField()
    proposed_body_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=DisputeState.choices())
    raised_at = models.DateTimeField()
    raised_seq = models.IntegerField()
    ruled_at = models.DateTimeField(null=True)
    ruled_by = models.BigIntegerField(null=True)
    ruled_body_id = models.BigIntegerField(null=True)
    ruled_seq = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "case_id", "body_id"], name="dispute_once_per_body")
        ]
        indexes = [
            models.Index(
                fields=["district", "raised_at"], condition=models.Q(state="open"), name="dispute_to_rule"
            )
        ]


class Supervision(models.Model):
    """督办单: a demand by a leader or the ladder, with its own reply and deadline."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField(null=True)
    issued_seq = models.IntegerField()
    replied_at = models.DateTimeField(null=True)
    replied_by = models.BigIntegerField(null=True)
    replied_seq = models.IntegerField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.BigIntegerField(null=True)
    lifted_seq = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "case_id"], name="supervision_of_case")]

    @property
    def is_open(self) -> bool:
        """Neither answered nor lifted; one that is open on a case that ended is answered by nobody any more."""
        return self.replied_at is None and self.lifted_at is None


class Interview(models.Model):
    """约谈: a leader spoke with who answers for a body. What was said stands in the statements of ``made_seq``.

    ``promise_id`` is what the body is to put right by a date, None where nothing was demanded.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    body_id = models.BigIntegerField()
    held_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    made_seq = models.IntegerField()
    promise_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "case_id"], name="interview_of_case"),
            models.Index(fields=["district", "body_id", "id"], name="interview_of_body"),
        ]
