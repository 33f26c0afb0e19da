from django.db import models


class RuleRow(models.Model):
    """A district's own rule for follow-ups; without one the platform's holds."""

    district = models.IntegerField(unique=True)
    days = models.SmallIntegerField()
    sample_percent = models.SmallIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField(null=True)


class Sample(models.Model):
    """A direct answer that is to be asked about; ``done_at`` is set when its caller was asked."""

    pk = models.CompositePrimaryKey("district", "case_id")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    chosen_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["district", "chosen_at", "case_id"],
                condition=models.Q(done_at__isnull=True),
                name="sample_to_ask",
            )
        ]
