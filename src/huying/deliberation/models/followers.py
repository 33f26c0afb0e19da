"""Who wants to hear how a proposal ends; kept apart from the vote, and from nothing of it."""

from django.db import models

from huying.deliberation.models.proposals import Proposal


class Follower(models.Model):
    """A caller who left a phone number on a proposal's page; whether they voted stands nowhere."""

    pk = models.CompositePrimaryKey("district", "proposal_id", "caller_id")
    district = models.IntegerField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="followers")
    caller_id = models.BigIntegerField()
    since = models.DateTimeField()
