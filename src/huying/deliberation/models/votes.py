"""Who may vote, what was said, and the sums; nothing here leads from a household to its ballot."""

from django.db import models

from huying.deliberation.models.proposals import Proposal
from huying.deliberation.rules.kinds import Choice


class Household(models.Model):
    """户: one that may vote on one proposal. ``area`` in square metres; of its code only a digest is kept.

    ``voted`` is a mark without a moment on purpose: the moment would lead to the ballot.
    """

    pk = models.CompositePrimaryKey("district", "proposal_id", "number")
    district = models.IntegerField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="households")
    number = models.IntegerField()
    name = models.CharField(max_length=60)
    area = models.DecimalField(max_digits=9, decimal_places=2)
    code_digest = models.BinaryField(max_length=32)
    voted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "proposal", "name"], name="household_once"),
            models.UniqueConstraint(fields=["district", "proposal", "code_digest"], name="household_code"),
        ]


class Ballot(models.Model):
    """票: what one household said, under a key made of its code. No moment, no household, no square metres."""

    pk = models.CompositePrimaryKey("district", "proposal_id", "key")
    district = models.IntegerField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="ballots")
    key = models.BinaryField(max_length=32)
    choice = models.CharField(max_length=8, choices=Choice.choices())
    digest = models.CharField(max_length=64)


class Tallied(models.Model):
    """Square metres behind each choice, added up as ballots come: with its own, a ballot would name its household."""

    pk = models.CompositePrimaryKey("district", "proposal_id", "choice")
    district = models.IntegerField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="tallies")
    choice = models.CharField(max_length=8, choices=Choice.choices())
    area = models.DecimalField(max_digits=12, decimal_places=2, default=0)
