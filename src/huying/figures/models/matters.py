"""What each closed case was worth."""

from django.db import models


class MatterScore(models.Model):
    """一事一考核: the score of a closed case, with what each line of the sheet was worth and what was counted.

    ``version`` is the sheet's, 0 the platform's; ``day`` is the day of closing. A reopened case has none until it is
    closed again.
    """

    pk = models.CompositePrimaryKey("district", "case_id")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    body_id = models.BigIntegerField()
    area = models.CharField(max_length=15, db_collation="C")
    item = models.CharField(max_length=2, db_collation="C")
    day = models.DateField()
    score = models.DecimalField(max_digits=5, decimal_places=2)
    lines = models.JSONField()
    counts = models.JSONField()
    version = models.IntegerField()
    seq = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["district", "day", "case_id"], name="score_by_day"),
            models.Index(fields=["district", "score", "case_id"], name="score_by_score"),
            models.Index(fields=["district", "body_id", "score", "case_id"], name="score_of_body"),
        ]
