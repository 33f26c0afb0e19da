"""Texts in a district's own words. Versions are only ever added; the platform's own text is version 0 and no row."""

from django.db import models

from huying.texts.rules.kinds import ReplyFor, TextKind


class TextVersion(models.Model):
    """What a text says from one change to the next (文字版本). The highest number is in force.

    ``item`` and ``fits`` tell where a template of a reply is offered. ``retired``: offered no more.
    """

    district = models.IntegerField()
    kind = models.CharField(max_length=8, choices=TextKind.choices())
    name = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    number = models.IntegerField()
    title = models.CharField(max_length=80)
    body = models.TextField()
    item = models.CharField(max_length=32, blank=True, default="")
    fits = models.CharField(max_length=10, choices=ReplyFor.choices(), default=ReplyFor.ALWAYS.value)
    retired = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)
    changed_by_account = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "name", "language", "number"], name="text_version_number"
            )
        ]
