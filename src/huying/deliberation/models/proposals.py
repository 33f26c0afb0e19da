"""Proposals, how they are decided, and the work that carries them out."""

from django.db import models

from huying.deliberation.models.meetings import Meeting
from huying.deliberation.rules.kinds import Origin


class DecisionKind(models.Model):
    """A kind of decision of a district: what shares it takes, and by which rule. Shares as ``2/3``."""

    district = models.IntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    quorum = models.CharField(max_length=9)
    quorum_over = models.BooleanField()
    majority = models.CharField(max_length=9)
    majority_over = models.BooleanField()
    by_area = models.BooleanField()
    basis = models.CharField(max_length=200)
    place = models.IntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="decision_kind_code")]

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """提案: what is proposed, its vote and what came of it.

    The shares are copied when the vote opens: a kind that is changed later decides no vote that is under way.
    ``salt`` is that of its invitation codes.
    """

    district = models.IntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    title = models.CharField(max_length=80)
    text = models.TextField()
    origin = models.CharField(max_length=10, choices=Origin.choices())
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="proposals")
    case_id = models.BigIntegerField(null=True)
    kind = models.ForeignKey(DecisionKind, on_delete=models.PROTECT)
    salt = models.BinaryField(max_length=32)
    once = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.CharField(max_length=60, blank=True, default="")
    closes_at = models.DateTimeField(null=True)
    quorum = models.CharField(max_length=9, blank=True, default="")
    quorum_over = models.BooleanField(null=True)
    majority = models.CharField(max_length=9, blank=True, default="")
    majority_over = models.BooleanField(null=True)
    by_area = models.BooleanField(null=True)
    basis = models.CharField(max_length=200, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=60, blank=True, default="")
    quorate = models.BooleanField(null=True)
    passed = models.BooleanField(null=True)
    decision = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=60, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True, default="")
    withdrawn_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "once"], name="proposal_once")]
        indexes = [
            models.Index(fields=["district", "-id", "area"], name="proposal_newest"),
            models.Index(
                fields=["closes_at"],
                condition=models.Q(closed_at=None, withdrawn_at=None, opened_at__isnull=False),
                name="proposal_to_close",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Discussion(models.Model):
    """议事: a meeting at which a proposal was discussed, and what was said."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="discussions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="discussions")
    words = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "meeting"], name="discussed_once_a_meeting")
        ]


class Step(models.Model):
    """落实步骤: a piece of the work that was decided, until when, and when it was done."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    title = models.CharField(max_length=80)
    due_on = models.DateField(null=True)
    once = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=60, blank=True, default="")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "once"], name="step_once")]


class StepPhoto(models.Model):
    """A photo of a step, for everybody to see; ``path`` is relative to the store's root."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="photos")
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "sha256"], name="step_photo_once")]


class ProposalCase(models.Model):
    """A case that carries a decision out."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="cases")
    case_id = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "case_id"], name="proposal_case_once")]
