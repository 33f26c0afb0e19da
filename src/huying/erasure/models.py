from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.cases.lifecycle import Basis
from huying.erasure.rules.scope import Scope


class Erasure(models.Model):
    """One erasure: who, when, on which basis and why, of which cases, how many things of each kind. Rows are only added.

    Nothing here says whose data they were.
    """

    district = models.IntegerField()
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60)
    scope = models.CharField(max_length=4, choices=Scope.choices())
    basis = models.CharField(max_length=10, choices=Basis.choices())
    reason = models.CharField(max_length=200)
    cases = ArrayField(models.BigIntegerField())
    counts = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["district", "-id"], name="erasure_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.basis}"
