"""Who writes, and what was said."""

from django.db import models

from huying.chat.rules.conversation import Stage
from huying.chat.rules.kinds import Medium, Side, Standing


def _next(sequence: str) -> models.Func:
    return models.Func(models.Value(sequence), function="nextval", output_field=models.BigIntegerField())


class Person(models.Model):
    """对话人: somebody who writes to one account, known by the vendor's opaque id (sealed; found by its digest).

    ``caller_id`` is a caller of their own without a phone, made with their first matter; ``phone_caller_id`` the one
    of the phone they proved. ``staff_id`` is the staff account that was bound. ``wants_at``: since when a person is
    asked for, ``wants_told_at`` when the groups of staff were told, ``wants_rung_at`` when the bells of those who
    answer were. ``draft`` counts the matters spoken of.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("chat_person_id"))
    account_id = models.BigIntegerField()
    who_digest = models.BinaryField()
    who_sealed = models.BinaryField(null=True)
    caller_id = models.BigIntegerField(null=True)
    phone_caller_id = models.BigIntegerField(null=True)
    staff_id = models.BigIntegerField(null=True)
    stage = models.CharField(max_length=10, choices=Stage.choices(), default=Stage.IDLE.value)
    talk_sealed = models.BinaryField(null=True)
    draft = models.IntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    reply_sealed = models.BinaryField(null=True)
    reply_until = models.DateTimeField(null=True)
    wants_at = models.DateTimeField(null=True)
    wants_danger = models.BooleanField(default=False)
    wants_told_at = models.DateTimeField(null=True)
    wants_rung_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "account_id", "who_digest"], name="chat_person_of_account"
            )
        ]
        indexes = [
            models.Index(
                fields=["district", "wants_at"],
                condition=models.Q(wants_at__isnull=False),
                name="chat_wants_person",
            ),
            models.Index(
                fields=["district", "wants_at"],
                condition=models.Q(wants_at__isnull=False, wants_rung_at__isnull=True),
                name="chat_wants_bell",
            ),
            models.Index(
                fields=["district", "caller_id"],
                condition=models.Q(caller_id__isnull=False),
                name="chat_of_caller",
            ),
            models.Index(
                fields=["district", "phone_caller_id"],
                condition=models.Q(phone_caller_id__isnull=False),
                name="chat_of_phone_caller",
            ),
            models.Index(
                fields=["staff_id"], condition=models.Q(staff_id__isnull=False), name="chat_of_staff"
            ),
            models.Index(fields=["last_at"], condition=~models.Q(stage="idle"), name="chat_half_said"),
        ]


class Message(models.Model):
    """对话消息, theirs or ours; what it says is sealed (text, media, place as JSON), and gone after a month.

    ``once`` keeps it from being kept twice. ``draft`` is the matter of the person's it belongs to, ``appeal_id`` the
    appeal it became part of. ``photos`` are pictures fetched and kept. ``answers`` is the message one of ours answers;
    ``by_account`` or ``by_key`` who of ours said it, where it was not the platform itself.
    ``next_at`` is when it is thought about, or sent, next; ``fetch_at`` when its pictures are fetched next.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("chat_message_id"))
    person_id = models.BigIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices())
    medium = models.CharField(max_length=8, choices=Medium.choices())
    state = models.CharField(max_length=8, choices=Standing.choices())
    once = models.CharField(max_length=64)
    said_sealed = models.BinaryField(null=True)
    draft = models.IntegerField(default=0)
    appeal_id = models.BigIntegerField(null=True)
    photos = models.JSONField(default=list)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    fetch_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    fetches = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")
    answers = models.BigIntegerField(null=True)
    by_account = models.BigIntegerField(null=True)
    by_key = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "once"], name="chat_message_once")]
        indexes = [
            models.Index(fields=["district", "person_id", "-id"], name="chat_message_of_person"),
            models.Index(
                fields=["side", "next_at"],
                condition=models.Q(next_at__isnull=False),
                name="chat_message_waiting",
            ),
            models.Index(
                fields=["fetch_at"], condition=models.Q(fetch_at__isnull=False), name="chat_message_to_fetch"
            ),
            models.Index(
                fields=["district", "appeal_id"],
                condition=models.Q(appeal_id__isnull=False),
                name="chat_message_of_appeal",
            ),
            models.Index(fields=["district", "at"], name="chat_message_at"),
        ]
