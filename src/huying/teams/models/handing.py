"""Handing duty over, and asking somebody else to take a shift."""

from django.db import models

from huying.teams.models.duty import DutyPost, Shift
from huying.teams.models.teams import Member
from huying.teams.rules.kinds import SwapState


class Handover(models.Model):
    """交接班: one at a post at the moment one turn ends. Whoever goes signs first, whoever comes signs after.

    ``numbers`` and ``cases`` are what was open then: gauges by name, and the numbers of the cases listed.
    """

    district = models.IntegerField()
    post = models.ForeignKey(DutyPost, on_delete=models.PROTECT, related_name="handovers")
    at = models.DateTimeField()
    notes = models.TextField()
    numbers = models.JSONField(default=dict)
    cases = models.JSONField(default=list)
    given_by = models.CharField(max_length=60)
    given_by_account = models.BigIntegerField()
    given_at = models.DateTimeField()
    taken_by = models.CharField(max_length=60, blank=True, default="")
    taken_by_account = models.BigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "at"], name="teams_handover_once")]


class Swap(models.Model):
    """换班: somebody is asked to take a shift; nothing changes until they agree. One open question a shift."""

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="swaps")
    to = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=SwapState.choices())
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    asked_by_account = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], condition=models.Q(state=SwapState.ASKED.value), name="teams_swap_open"
            )
        ]
