"""Keys of outside systems."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.access.roles import Role
from huying.people.models.accounts import Account
from huying.people.models.bodies import Body


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

    class Meta:
        indexes = [models.Index(fields=["district"], name="people_apikey_district")]
