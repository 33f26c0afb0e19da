from django.db import models

from huying.prevent.risk.rules.kinds import RiskKind, Urgency, Verdict, Width


class RiskSignal(models.Model):
    """One kind of danger heard in one appeal. The words stay with the appeal, and go when it is erased.

    ``width`` is how readily words were taken for danger then. ``verdict`` is a person's, "" while nobody said.
    """

    district = models.IntegerField()
    case_id = models.BigIntegerField()
    appeal_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=RiskKind.choices())
    urgency = models.CharField(max_length=12, choices=Urgency.choices())
    width = models.CharField(max_length=10, choices=Width.choices())
    precise = models.BooleanField()
    at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices(), db_default="")
    judged_by = models.BigIntegerField(null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "appeal_id", "kind"], name="risk_signal_once"),
        ]
        indexes = [
            models.Index(fields=["district", "-at", "-id"], name="risk_signal_recent"),
            models.Index(fields=["district", "case_id"], name="risk_signal_of_case"),
        ]


class RiskWidth(models.Model):
    """How readily a district takes words for danger; the newest row holds, older ones are only kept."""

    district = models.IntegerField()
    width = models.CharField(max_length=10, choices=Width.choices())
    by_account = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district", "-id"], name="risk_width_newest")]
