"""The systems a district exchanges letters with."""

from django.db import models

from huying.exchange.rules.kinds import Connecting, Direction, Scope


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

    ``failures`` are those in a row; until ``rests_until`` it is left alone. ``pull_at`` is when it is asked next, or
    until when somebody asks it now.
    """

    peer = models.OneToOneField(Peer, on_delete=models.PROTECT, primary_key=True, related_name="health")
    district = models.IntegerField()
    cursor = models.TextField(blank=True, default="")
    pull_at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True, default="")
    error_at = models.DateTimeField(null=True)
