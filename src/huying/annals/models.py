"""One row for each change to the setting up; a trigger refuses to alter or remove any."""

from django.db import models

from huying.annals.rules import Deed, Subject


class Change(models.Model):
    """变更记录: who did what to which thing. ``about`` is the thing's own key, ``name`` what it was called then.

    ``before`` and ``after`` are told by Chinese names of parts. ``holds_from``: the change takes effect then, not at
    once. No password, key or secret stands here.
    """

    district = models.IntegerField()
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60)
    subject = models.CharField(max_length=12, choices=Subject.choices())
    about = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    deed = models.CharField(max_length=10, choices=Deed.choices())
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    holds_from = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "id"], name="annals_newest"),
            models.Index(fields=["district", "subject", "about", "id"], name="annals_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.about} {self.deed}"
