"""Notices, what people chose about them, and what a district allows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.notices.rules.kinds import Sending, Way
from huying.texts.rules.occasions import Occasion


def _next(sequence: str) -> models.Func:
    return models.Func(models.Value(sequence), function="nextval", output_field=models.BigIntegerField())


class Notice(models.Model):
    """通知: one message to one person by one way, with its text as sent. ``once`` keeps it from being made twice.

    ``account_id`` or ``caller_id`` says to whom, of who is neither ``phone_sealed``; ``case_id`` and ``seq`` after
    which entry. ``urgent`` ones wait for no quiet hours. ``next_at`` is when it is tried next, None when there is
    nothing to try; ``error`` is why it was dropped, or what the carrier said last. ``gathered_in`` is the digest that
    told it.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("notices_notice_id"))
    account_id = models.BigIntegerField(null=True)
    caller_id = models.BigIntegerField(null=True)
    phone_sealed = models.BinaryField(null=True)
    occasion = models.CharField(max_length=20, choices=Occasion.choices())
    way = models.CharField(max_length=8, choices=Way.choices())
    case_id = models.BigIntegerField(null=True)
    seq = models.IntegerField(null=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    link = models.CharField(max_length=300)
    urgent = models.BooleanField(default=False)
    once = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=Sending.choices())
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")
    gathered_in = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "once"], name="notice_once")]
        indexes = [
            models.Index(
                fields=["account_id"],
                condition=models.Q(way=Way.PAGE.value, read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(
                fields=["district", "account_id", "-id"],
                condition=models.Q(way=Way.PAGE.value),
                name="notice_of_account",
            ),
            models.Index(
                fields=["way", "next_at"], condition=models.Q(next_at__isnull=False), name="notice_to_send"
            ),
            models.Index(
                fields=["way", "next_at"],
                condition=models.Q(next_at__isnull=False, urgent=True),
                name="notice_urgent",
            ),
            models.Index(
                fields=["district", "caller_id", "due_at"],
                condition=models.Q(caller_id__isnull=False),
                name="notice_of_caller",
            ),
            models.Index(
                fields=["district", "state", "-id"],
                condition=models.Q(
                    state__in=[Sending.WAITING.value, Sending.GATHERING.value, Sending.FAILED.value]
                ),
                name="notice_not_sent",
            ),
        ]


class Preference(models.Model):
    """通知设置 of one account: by which ways each occasion is told, quiet hours, digest, addresses (sealed).

    ``ways`` maps an occasion to ways; what is not in it is told in the page. ``digest_hour`` None: at once.
    """

    account_id = models.BigIntegerField(primary_key=True)
    district = models.IntegerField()
    ways = models.JSONField(default=dict)
    quiet_since = models.TimeField()
    quiet_until = models.TimeField()
    digest_hour = models.SmallIntegerField(null=True)
    mail_sealed = models.BinaryField(null=True)
    wechat_sealed = models.BinaryField(null=True)
    changed_at = models.DateTimeField()


class ResidentRule(models.Model):
    """What a district allows towards residents, from one change to the next; the newest row holds."""

    district = models.IntegerField()
    quiet_since = models.TimeField()
    quiet_until = models.TimeField()
    most_a_day = models.SmallIntegerField()
    occasions = ArrayField(models.CharField(max_length=20))
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)
    changed_by_account = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "-id"], name="resident_rule_newest")]


class OptOut(models.Model):
    """退订: a caller who wants no messages. The row is gone when they want them again."""

    pk = models.CompositePrimaryKey("district", "caller_id")
    district = models.IntegerField()
    caller_id = models.BigIntegerField()
    since = models.DateTimeField()


class TalkCursor(models.Model):
    """How far the conversations of a district were told; what was said in the last minute is looked at again."""

    district = models.IntegerField(primary_key=True)
    message_id = models.BigIntegerField()
