"""对账: what two sides held on one day."""

from django.db import models

from huying.exchange.models.peers import Peer
from huying.exchange.rules.kinds import Lack


class Reconciliation(models.Model):
    """One comparison of a day's orders with what the other side lists, and what came of it."""

    district = models.IntegerField()
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="reconciliations")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    ours = models.IntegerField()
    theirs = models.IntegerField()
    found = models.IntegerField()
    healing = models.IntegerField()
    error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["district", "peer", "-id"], name="exchange_reconciled")]


class Difference(models.Model):
    """One order on which the two sides differed, and what was done about it; "" where a person must look."""

    district = models.IntegerField()
    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="differences")
    number = models.CharField(max_length=64)
    lack = models.CharField(max_length=14, choices=Lack.choices())
    ours = models.CharField(max_length=60, blank=True, default="")
    theirs = models.CharField(max_length=60, blank=True, default="")
    done = models.CharField(max_length=200, blank=True, default="")
