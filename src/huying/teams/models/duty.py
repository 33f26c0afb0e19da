"""Where duty is kept, in which turns, by whom in rotation, and the shifts themselves."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.teams.models.teams import Member
from huying.teams.rules.kinds import DutyDays, DutyRole


class DutyPost(models.Model):
    """值班点: a grid, a community, a street's or the district's centre that keeps duty for its area."""

    district = models.IntegerField()
    area = models.CharField(max_length=15)
    name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "name"], condition=models.Q(ended_at=None), name="teams_post_name"
            )
        ]
        indexes = [models.Index(fields=["district", "area"], name="teams_post_area")]

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """班次: hours by the wall clock on some days, and how many it takes of either role."""

    post = models.ForeignKey(DutyPost, on_delete=models.PROTECT, related_name="turns")
    name = models.CharField(max_length=20)
    starts = models.TimeField()
    ends = models.TimeField()
    days = models.CharField(max_length=10, choices=DutyDays.choices())
    leads = models.IntegerField()
    officers = models.IntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)


class Rotation(models.Model):
    """轮值: people who take the days of a turn one after the other, ``each`` days in a row.

    ``filled_to`` is the last day whose shifts were made: earlier days are never made again, so that whoever
    was taken off by hand stays off.
    """

    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="rotations")
    role = models.CharField(max_length=10, choices=DutyRole.choices())
    people = ArrayField(models.BigIntegerField())
    each = models.IntegerField(default=1)
    first_day = models.DateField()
    filled_to = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["turn", "role"], condition=models.Q(ended_at=None), name="teams_one_rotation"
            )
        ]


class Shift(models.Model):
    """值班: one person on one turn of one day. What was changed is cancelled and another row made.

    ``area`` and the moments repeat what post and turn said when the shift was made: who is on duty now is one
    question to one index, and what was stays when the post's hours change.
    """

    district = models.IntegerField()
    post = models.ForeignKey(DutyPost, on_delete=models.PROTECT, related_name="shifts")
    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="shifts")
    role = models.CharField(max_length=10, choices=DutyRole.choices())
    day = models.DateField()
    area = models.CharField(max_length=15)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="shifts")
    rotation = models.ForeignKey(Rotation, null=True, on_delete=models.PROTECT, related_name="shifts")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["turn", "day", "role", "member"],
                condition=models.Q(cancelled_at=None),
                name="teams_shift_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["district", "starts_at"],
                condition=models.Q(cancelled_at=None),
                name="teams_shift_now",
            ),
            models.Index(fields=["post", "day"], name="teams_shift_post"),
            models.Index(
                fields=["member", "ends_at"],
                condition=models.Q(cancelled_at=None),
                name="teams_shift_member",
            ),
        ]
