"""Who may be alerted: volunteers, stations, crews, people on duty. Phones are sealed."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from huying.emergency.rules.kinds import ResponderKind
from huying.teams.models import Member


def next_id() -> models.Func:
    return models.Func(
        models.Value("emergency_id"), function="nextval", output_field=models.BigIntegerField()
    )


class Responder(models.Model):
    """应急力量: somebody, or a station, that may be alerted.

    ``lon``, ``lat``: where they are based (CGCS2000 degrees). ``now_lon``, ``now_lat``, ``now_at``: the position they
    reported themselves last, gone after two hours. ``days``, ``since``, ``until``: when they may be alerted; with
    ``member`` it is while the roster has them on duty. ``rests_since``: they want no alarms from then on.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    kind = models.CharField(max_length=10, choices=ResponderKind.choices())
    name = models.CharField(max_length=40)
    contact = models.CharField(max_length=40, blank=True, default="")
    phone_sealed = models.BinaryField(null=True)
    phone_digest = models.BinaryField(null=True)
    skills = ArrayField(models.CharField(max_length=20))
    area = models.CharField(max_length=15, db_collation="C")
    place_text = models.CharField(max_length=120, blank=True, default="")
    lon = models.FloatField()
    lat = models.FloatField()
    days = models.CharField(max_length=7)
    since = models.TimeField(null=True)
    until = models.TimeField(null=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    account_id = models.BigIntegerField(null=True)
    now_lon = models.FloatField(null=True)
    now_lat = models.FloatField(null=True)
    now_at = models.DateTimeField(null=True)
    rests_since = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    left_at = models.DateTimeField(null=True)
    left_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "phone_digest"],
                condition=models.Q(left_at=None),
                name="emergency_responder_phone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "lon", "lat"],
                condition=models.Q(left_at=None, rests_since=None),
                name="emergency_responder_base",
            ),
            models.Index(
                fields=["district", "now_lon", "now_lat"],
                condition=models.Q(now_at__isnull=False, left_at=None, rests_since=None),
                name="emergency_responder_now",
            ),
            models.Index(fields=["district", "area", "name", "id"], name="emergency_responder_area"),
            models.Index(
                fields=["district", "account_id"],
                condition=models.Q(account_id__isnull=False),
                name="emergency_responder_account",
            ),
            GinIndex(fields=["skills"], name="emergency_responder_skill"),
        ]

    def __str__(self) -> str:
        return self.name
