"""Applications that something not be counted, and what was decided."""

from django.db import models

from huying.figures.rules.exempting import Decision, Ground


class Exemption(models.Model):
    """One application of a body about one case: ``measure`` is the fact, "" the whole case as it was counted.

    ``day`` is the day on which the fact counted; ``facts`` are the rows that were left out
    once it was granted: measure, day, number of the entry, and to whom it was credited (0: to no person).
    """

    district = models.IntegerField()
    case_id = models.BigIntegerField()
    body_id = models.BigIntegerField()
    measure = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    area = models.CharField(max_length=15, db_collation="C")
    ground = models.CharField(max_length=12, choices=Ground.choices())
    words = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    asked_name = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=Decision.choices())
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_name = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "case_id", "body_id", "measure"], name="exemption_once"
            )
        ]
        indexes = [models.Index(fields=["district", "state", "-id"], name="exemption_of_state")]
