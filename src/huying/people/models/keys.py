"""Keys of outside systems."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.access.roles import Role
from huying.people.models.accounts import Account
from huying.people.models.bodies import Body
from huying.people.rules.codes import PER_MINUTE


class ApiKey(models.Model):
    """接口密钥: an outside system. It acts in one role, narrowed to ``scopes`` (permissions) when given.

    With an ``account`` it is the key of that person's assistant: it acts in the person's posts of the moment, ``role``
    is empty, and ``scopes`` are leaves (``rules.assistants``). Both kinds share one row of numbers, so that
    ``key_id`` in the ledger means one key.

    Only the SHA-256 of the key is kept: it has 192 random bits, so nothing slower is needed.
    """

    district = models.IntegerField()
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    hash = models.CharField(max_length=64)
    role = models.CharField(max_length=24, choices=Role.choices())
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    area = models.CharField(max_length=15)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="keys")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="assistant_keys")
    created_at = models.DateTimeField()
    created_by_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    per_minute = models.PositiveIntegerField(default=PER_MINUTE)

    class Meta:
        indexes = [models.Index(fields=["district"], name="people_apikey_district")]


class FormerSecret(models.Model):
    """A key's secret before it was renewed; it opens until ``until``, beside the new one."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="former")
    prefix = models.CharField(max_length=12, unique=True)
    hash = models.CharField(max_length=64)
    until = models.DateTimeField()


class KeySpending(models.Model):
    """How many requests a key has taken, leases included, of one minute. ``minute`` counts from 1970."""

    district = models.IntegerField()
    key_id = models.BigIntegerField()
    minute = models.IntegerField()
    taken = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "key_id", "minute"], name="people_keyspending_one")
        ]


class KeptAnswer(models.Model):
    """What a key was answered to one write under one ``Idempotency-Key``, in the transaction of the write.

    ``digest`` is of what was asked (method, address, body); ``sealed`` is the answer's body: it may hold what
    one caller said, so it is sealed as callers are, and gone after a day.
    """

    district = models.IntegerField()
    key_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    status = models.SmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "key_id", "key"], name="people_keptanswer_one")
        ]
