from django.contrib.postgres.fields import ArrayField
from django.db import models


class ReplyPart(models.Model):
    """A part that a district demands of every public reply, over the platform's own."""

    district = models.IntegerField()
    code = models.CharField(max_length=20)
    zh = models.CharField(max_length=20)
    words = ArrayField(models.CharField(max_length=20))
    when = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="reply_part_once")]
