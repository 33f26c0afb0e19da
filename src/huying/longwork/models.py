from django.db import models

from huying.longwork.rules.states import UNFINISHED, WorkState


class LongWork(models.Model):
    """One long work: who asked for it in which scope, how far it is, and what came of it.

    It is one account's or one key's, never both's: whoever asked sees it, nobody else.

    ``total`` None: nobody knows how much there is. ``alive_at`` is when the process that does it last spoke, by the
    database's clock, and ``tries`` how often it was begun: both together tell a living process from one taken for
    dead. ``given`` and ``file`` are names in the folder of long work, "" for none.
    """

    district = models.IntegerField()
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=200)
    account_id = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField(null=True)
    grants = models.JSONField()
    language = models.CharField(max_length=10)
    params = models.JSONField()
    once = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=WorkState.choices(), db_default=WorkState.WAITING.value)
    done = models.BigIntegerField(db_default=0)
    total = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=60, db_default="")
    tries = models.SmallIntegerField(db_default=0)
    given = models.CharField(max_length=80, db_default="")
    file = models.CharField(max_length=80, db_default="")
    file_name = models.CharField(max_length=120, db_default="")
    file_bytes = models.BigIntegerField(db_default=0)
    expires_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)
    error = models.CharField(max_length=500, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "account_id", "once"], name="longwork_once"),
            models.UniqueConstraint(fields=["district", "key_id", "once"], name="longwork_once_of_key"),
            models.CheckConstraint(
                condition=models.Q(account_id__isnull=True) ^ models.Q(key_id__isnull=True),
                name="longwork_one_owner",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "account_id", "-id"], name="longwork_mine"),
            models.Index(
                fields=["district", "key_id", "-id"],
                condition=models.Q(key_id__isnull=False),
                name="longwork_of_key",
            ),
            models.Index(
                fields=["asked_at", "id"],
                condition=models.Q(state__in=sorted(state.value for state in UNFINISHED)),
                name="longwork_unfinished",
            ),
            models.Index(fields=["ended_at"], name="longwork_ended"),
        ]
