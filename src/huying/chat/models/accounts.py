"""Accounts that a district holds with vendors, and what opens them."""

from django.db import models

from huying.chat.rules.kinds import Vendor


class Account(models.Model):
    """对话渠道: one account with one vendor. ``key`` stands in its callback's address; secrets are sealed.

    ``on_at`` says since when it is switched on and ``on_by`` by whom; None while it is off. ``heard_at`` is when the
    vendor last asked rightly.
    """

    district = models.IntegerField()
    key = models.CharField(max_length=32, unique=True)
    vendor = models.CharField(max_length=10, choices=Vendor.choices())
    name = models.CharField(max_length=40)
    app_id = models.CharField(max_length=64, blank=True, default="")
    agent = models.CharField(max_length=64, blank=True, default="")
    template = models.CharField(max_length=64, blank=True, default="")
    host = models.CharField(max_length=200, blank=True, default="")
    secrets_sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    on_at = models.DateTimeField(null=True)
    on_by = models.CharField(max_length=60, blank=True, default="")
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "vendor", "name"], name="chat_account_name")
        ]


class Token(models.Model):
    """令牌 by which we ask a vendor: one for all processes, fetched under the lock on its row."""

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.CASCADE, related_name="token")
    token_sealed = models.BinaryField(null=True)
    good_until = models.DateTimeField(null=True)


class StaffCode(models.Model):
    """绑定码: shown once on a staff account's page, typed to the bot within minutes, opens once."""

    account_id = models.BigIntegerField(primary_key=True)
    district = models.IntegerField()
    digest = models.BinaryField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "digest"], name="chat_staff_code")]
