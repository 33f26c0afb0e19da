from django.db import models

from huying.loop.evaluate.rules.plans import AskWay

_OPEN = models.Q(done_at__isnull=True)


class RuleRow(models.Model):
    """A district's own rule for follow-ups; without one the platform's holds."""

    district = models.IntegerField(unique=True)
    days = models.SmallIntegerField()
    sample_percent = models.SmallIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField(null=True)


class PlanEdition(models.Model):
    """All follow-up plans of a district as they hold from ``made_at`` on, in order; never altered."""

    district = models.IntegerField()
    number = models.IntegerField()
    plans = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "number"], name="plan_edition_once")]


class Asking(models.Model):
    """One result of one case that a plan asks about: by which way now, until when, how often tried, what came of it.

    ``seq`` is the entry that ended the work: what is done again is asked about anew. ``edition`` 0 is the platform's.
    ``chance`` in percent and ``risks`` say why it was chosen. ``step`` counts the ways of the plan from 0;
    ``visit_body`` is the unit that goes there where the way is the community's. ``tries`` on ``tried_days`` days are
    those of this way. ``answered``: answered at once, by no body. ``invalid``: reason → attempts.
    """

    pk = models.CompositePrimaryKey("district", "case_id", "seq")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    edition = models.IntegerField()
    plan = models.CharField(max_length=20, db_collation="C")
    area = models.CharField(max_length=15, db_collation="C")
    body_id = models.BigIntegerField(null=True)
    answered = models.BooleanField()
    chosen_at = models.DateTimeField()
    chance = models.SmallIntegerField()
    risks = models.JSONField()
    step = models.SmallIntegerField(default=0)
    way = models.CharField(max_length=10, choices=AskWay.choices())
    visit_body = models.BigIntegerField(null=True)
    step_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    tried_days = models.SmallIntegerField(default=0)
    asked = models.SmallIntegerField(default=0)
    valid = models.SmallIntegerField(default=0)
    responded = models.SmallIntegerField(default=0)
    solved = models.SmallIntegerField(default=0)
    satisfied = models.SmallIntegerField(default=0)
    basically = models.SmallIntegerField(default=0)
    invalid = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["district", "way", "due_at", "case_id", "seq"], condition=_OPEN, name="asking_by_way"
            ),
            models.Index(
                fields=["district", "visit_body", "due_at", "case_id", "seq"],
                condition=_OPEN & models.Q(visit_body__isnull=False),
                name="asking_by_visitor",
            ),
            models.Index(
                fields=["district", "chosen_at", "case_id", "seq"],
                condition=_OPEN & models.Q(answered=True),
                name="asking_of_answers",
            ),
            models.Index(fields=["district", "due_at"], condition=_OPEN, name="asking_due"),
            models.Index(
                fields=["district", "plan", "-chosen_at", "-case_id", "-seq"], name="asking_of_plan"
            ),
            models.Index(fields=["district", "chosen_at", "plan"], name="asking_by_day"),
            models.Index(fields=["district", "body_id", "chosen_at"], name="asking_of_body"),
        ]
