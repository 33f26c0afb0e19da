"""Numbers that want no notices."""

from django.db import models


class SmsStop(models.Model):
    """退订: a number that wants no notices by short message, from ``since`` to ``until``; None: still.

    ``number`` is a keyed digest, so that it holds also when nothing else is known of the number any more. Who said it,
    and who took it back: ``person_id``, ``until_person_id``.
    """

    district = models.IntegerField()
    number = models.BinaryField()
    person_id = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    until_person_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "number"],
                condition=models.Q(until__isnull=True),
                name="chat_stopped_once",
            )
        ]
        indexes = [models.Index(fields=["district", "number"], name="chat_stops_of_number")]
