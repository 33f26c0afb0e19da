"""Who asked to be told, what was told to them, and what is told once more."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.webhooks.rules.kinds import Sending, Stop


def _next(sequence: str) -> models.Func:
    return models.Func(models.Value(sequence), function="nextval", output_field=models.BigIntegerField())


class Subscription(models.Model):
    """订阅: one receiver. It is told what its key may read, or without a key what a reader of ``area`` and body may.

    ``secret_sealed`` signs; until ``old_until`` the one before does too. ``failures`` counts failures of the receiver
    in a row, ``failing_since`` is the first failure after the last success, until ``rest_until`` it is left alone; at
    ``delivered_at`` it last took something. ``lease`` counts who had it in hand, ``leased_until`` is for how long the
    last one has. Stopped or removed: since when and by whom; what waits then stays as it is.
    """

    district = models.IntegerField()
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=500)
    key_id = models.BigIntegerField(null=True)
    area = models.CharField(max_length=15)
    body_id = models.BigIntegerField(null=True)
    verbs = ArrayField(models.CharField(max_length=20), default=list)
    areas = ArrayField(models.CharField(max_length=15), default=list)
    items = ArrayField(models.CharField(max_length=32), default=list)
    kinds = ArrayField(models.CharField(max_length=12), default=list)
    bodies = ArrayField(models.BigIntegerField(), default=list)
    fields = ArrayField(models.CharField(max_length=20), default=list)
    secret_sealed = models.BinaryField()
    old_sealed = models.BinaryField(null=True)
    old_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    stopped_at = models.DateTimeField(null=True)
    stop = models.CharField(max_length=10, choices=Stop.choices(), blank=True, default="")
    stopped_by = models.CharField(max_length=60, blank=True, default="")
    removed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rest_until = models.DateTimeField(null=True)
    lease = models.BigIntegerField(default=0)
    leased_until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["district"],
                condition=models.Q(stopped_at__isnull=True, removed_at__isnull=True),
                name="subscription_in_force",
            ),
        ]


class Delivery(models.Model):
    """推送: one entry of the ledger towards one subscription, with the body as sent. A ping has neither case nor number.

    ``position`` is the entry's place in the ledger, by which it is sent. ``attempts`` are what came of the last tries.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("webhooks_delivery_id"))
    subscription_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    seq = models.IntegerField(null=True)
    position = models.BigIntegerField()
    message = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    body = models.TextField()
    replay = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=Sending.choices())
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    attempts = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "message"], name="webhook_once"),
        ]
        indexes = [
            models.Index(
                fields=["district", "subscription_id", "replay", "position", "case_id", "seq"],
                condition=models.Q(next_at__isnull=False),
                name="webhook_to_send",
            ),
            models.Index(
                fields=["district", "subscription_id", "case_id", "replay", "seq", "next_at"],
                condition=models.Q(next_at__isnull=False),
                name="webhook_before",
            ),
            models.Index(fields=["district", "subscription_id", "-id"], name="webhook_log"),
            models.Index(fields=["district", "settled_at"], name="webhook_settled"),
            models.Index(
                fields=["district", "subscription_id", "-id"],
                condition=models.Q(state=Sending.FAILED.value),
                name="webhook_failed",
            ),
        ]


class Replay(models.Model):
    """重放: a stretch of the ledger told once more to one subscription, from (after) a place or a moment up to a place.

    ``position``, ``case_id`` and ``seq`` are how far it is.
    """

    district = models.IntegerField()
    subscription_id = models.BigIntegerField()
    since = models.DateTimeField(null=True)
    position = models.BigIntegerField()
    case_id = models.BigIntegerField(default=0)
    seq = models.IntegerField(default=0)
    until = models.BigIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    told = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(done_at__isnull=True), name="webhook_replays_open"
            ),
            models.Index(fields=["district", "subscription_id", "-id"], name="webhook_replays"),
        ]
