"""The systems a district exchanges letters with."""

from typing import Final

from django.db import models

from huying.exchange.rules.kinds import Connecting, Direction, Scope, Way

# By which columns of a system's health each way is known.
COLUMNS: Final = {Way.IN: "ask", Way.OUT: "tell"}


class Peer(models.Model):
    """对接系统: another system: how it is reached, for which area and body it acts, by which key the ledger names it.

    ``settings`` are those of its connector; what is secret among them is sealed apart.
    """

    district = models.IntegerField()
    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=60)
    connector = models.CharField(max_length=20, choices=Connecting.choices())
    direction = models.CharField(max_length=8, choices=Direction.choices())
    scope = models.CharField(max_length=8, choices=Scope.choices())
    area = models.CharField(max_length=15)
    body_id = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField()
    settings = models.JSONField(default=dict)
    secret_sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="exchange_peer_code")]


class Switching(models.Model):
    """One turn of a system's switch, by whom, when and why; the newest row holds, and without one it is off."""

    district = models.IntegerField()
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="switchings")
    on = models.BooleanField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_account = models.BigIntegerField(null=True)
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["district", "peer", "-id"], name="exchange_switch_newest")]


class MapVersion(models.Model):
    """对应表: one version of how a system writes its letters; the newest holds."""

    district = models.IntegerField()
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="maps")
    number = models.IntegerField()
    map = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "peer", "number"], name="exchange_map_number")
        ]


class Health(models.Model):
    """How a system fares, and how far it was read. Apart from the system itself, for it changes all the time.

    Asking it for letters (``ask_``) and telling it ours (``tell_``) fail apart from each other: ``failures`` are those
    in a row, the first of them at ``since``; until ``rests_until`` it is left alone that way. ``pull_at`` is when it is
    asked next, or until when somebody asks it now.
    """

    peer = models.OneToOneField(Peer, on_delete=models.PROTECT, primary_key=True, related_name="health")
    district = models.IntegerField()
    cursor = models.TextField(blank=True, default="")
    pull_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    ask_failures = models.IntegerField(default=0)
    ask_since = models.DateTimeField(null=True)
    ask_rests_until = models.DateTimeField(null=True)
    ask_error = models.CharField(max_length=300, blank=True, default="")
    ask_error_at = models.DateTimeField(null=True)
    tell_failures = models.IntegerField(default=0)
    tell_since = models.DateTimeField(null=True)
    tell_rests_until = models.DateTimeField(null=True)
    tell_error = models.CharField(max_length=300, blank=True, default="")
    tell_error_at = models.DateTimeField(null=True)
