"""Letters: kept as they came before anything is done with them, and kept until the other side has taken them."""

from django.db import models

from huying.exchange.rules.kinds import InKind, InState, OutKind, OutState, Way


def _next(sequence: str) -> models.Func:
    return models.Func(models.Value(sequence), function="nextval", output_field=models.BigIntegerField())


class Incoming(models.Model):
    """来信: one letter as it came, sealed. ``hash`` keeps the same letter from being kept twice.

    ``next_at`` is when it is looked at next, None where nothing is to be done. ``mended_sealed`` is what a person put
    right, by path of the letter. ``origin`` says in what it came: a page of an answer, a file. ``pictures_at`` is when
    its pictures are put to the case next, ``pictures_error`` which of them could not be had.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("exchange_incoming_id"))
    peer_id = models.BigIntegerField()
    number = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=InKind.choices(), blank=True, default="")
    state = models.CharField(max_length=8, choices=InState.choices())
    content_sealed = models.BinaryField(null=True)
    mended_sealed = models.BinaryField(null=True)
    origin = models.CharField(max_length=120, blank=True, default="")
    received_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True, default="")
    case_id = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True, default="")
    pictures_at = models.DateTimeField(null=True)
    picture_tries = models.SmallIntegerField(default=0)
    pictures_error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "peer_id", "hash"], name="exchange_incoming_once")
        ]
        indexes = [
            models.Index(
                fields=["district", "peer_id", "pictures_at"],
                condition=models.Q(pictures_at__isnull=False),
                name="exchange_incoming_pictures",
            ),
            models.Index(
                fields=["district", "peer_id", "id"],
                condition=models.Q(next_at__isnull=False),
                name="exchange_incoming_due",
            ),
            models.Index(fields=["district", "peer_id", "number", "id"], name="exchange_incoming_number"),
            models.Index(
                fields=["district", "peer_id", "id"],
                condition=models.Q(state=InState.PERSON.value),
                name="exchange_incoming_person",
            ),
        ]


class Linked(models.Model):
    """Which case of ours is which order of theirs. One number is one case for ever; ``at`` is the time they say."""

    pk = models.CompositePrimaryKey("district", "peer_id", "number")
    district = models.IntegerField()
    peer_id = models.BigIntegerField()
    number = models.CharField(max_length=64)
    case_id = models.BigIntegerField()
    appeal_id = models.BigIntegerField()
    incoming_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    since = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["district", "appeal_id"], name="exchange_linked_appeal"),
            models.Index(fields=["district", "peer_id", "at"], name="exchange_linked_day"),
            models.Index(fields=["district", "case_id"], name="exchange_linked_case"),
        ]


class Outgoing(models.Model):
    """去信: that a system is to be told of one entry of the ledger. What it says is put together when it goes out.

    ``once`` keeps it from being made twice. ``next_at`` is when it is tried next, or until when somebody tries it now.
    A letter waits while an earlier one about the same case has not arrived.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("exchange_outgoing_id"))
    peer_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    appeal_id = models.BigIntegerField(null=True)
    number = models.CharField(max_length=64, blank=True, default="")
    kind = models.CharField(max_length=12, choices=OutKind.choices())
    once = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=OutState.choices())
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")
    sent_at = models.DateTimeField(null=True)
    mended_sealed = models.BinaryField(null=True)
    settled_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "peer_id", "once"], name="exchange_outgoing_once")
        ]
        indexes = [
            models.Index(
                fields=["district", "peer_id", "id"],
                condition=models.Q(state=OutState.WAITING.value),
                name="exchange_outgoing_due",
            ),
            # What failed before, found among a hundred thousand that never did.
            models.Index(
                fields=["district", "peer_id", "id"],
                condition=models.Q(state=OutState.WAITING.value, tries__gt=0),
                name="exchange_outgoing_again",
            ),
            models.Index(
                fields=["district", "case_id", "peer_id", "id"],
                condition=models.Q(state__in=[OutState.WAITING.value, OutState.DEAD.value]),
                name="exchange_outgoing_before",
            ),
            models.Index(
                fields=["district", "peer_id", "id"],
                condition=models.Q(state=OutState.DEAD.value),
                name="exchange_outgoing_dead",
            ),
            models.Index(fields=["district", "case_id", "id"], name="exchange_outgoing_case"),
        ]


class Mending(models.Model):
    """What a person put right in a letter, sent again or dropped, and why. Values are sealed, ``fields`` their names."""

    district = models.IntegerField()
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, related_name="mendings")
    way = models.CharField(max_length=4, choices=Way.choices())
    letter_id = models.BigIntegerField()
    deed = models.CharField(max_length=12)
    fields = models.JSONField(default=list)
    before_sealed = models.BinaryField(null=True)
    why = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    by_account = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "way", "letter_id"], name="exchange_mending_letter")]


class Nonce(models.Model):
    """A nonce that was seen, remembered for as long as a letter signed with it would be believed."""

    pk = models.CompositePrimaryKey("district", "peer_id", "nonce")
    district = models.IntegerField()
    peer_id = models.BigIntegerField()
    nonce = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="exchange_nonce_at")]
