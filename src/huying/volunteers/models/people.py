"""Who said that they would help. Their phone stands with the callers, sealed; here is what a muster asks for."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.volunteers.rules.kinds import VolunteerKind


def next_id() -> models.Func:
    return models.Func(
        models.Value("volunteers_id"), function="nextval", output_field=models.BigIntegerField()
    )


class Volunteer(models.Model):
    """志愿者: a caller who registered at a community (报到).

    ``area``: that community; ``home``: the grid they start from, where it is known. ``lon``, ``lat``: where they start
    from, to about a hundred metres (CGCS2000 degrees).
    ``metres``: how far they go. ``consent``: the wording they agreed to, and when. ``responder_id``: as whom they are
    alerted in emergencies. Who leaves keeps the hours they gave and nothing else; who comes back is the same row.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    caller_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=VolunteerKind.choices())
    name = models.CharField(max_length=40)
    area = models.CharField(max_length=15, db_collation="C")
    home = models.CharField(max_length=15, db_collation="C", blank=True, default="")
    unit_id = models.BigIntegerField(null=True)
    unit_text = models.CharField(max_length=60, blank=True, default="")
    skills = ArrayField(models.CharField(max_length=20))
    days = models.CharField(max_length=7)
    since = models.TimeField(null=True)
    until = models.TimeField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    metres = models.IntegerField()
    responder_id = models.BigIntegerField(null=True)
    consent = models.CharField(max_length=20)
    agreed_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    rests_since = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "caller_id"], name="volunteers_caller"),
        ]
        indexes = [
            models.Index(
                fields=["district", "area", "id"],
                condition=models.Q(left_at=None),
                name="volunteers_of_area",
            ),
            models.Index(
                fields=["district", "home", "id"],
                condition=models.Q(left_at=None),
                name="volunteers_of_home",
            ),
            models.Index(
                fields=["district", "unit_id"],
                condition=models.Q(unit_id__isnull=False),
                name="volunteers_of_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.name
