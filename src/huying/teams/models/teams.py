"""Who works in a grid. A member is one person, whatever the number of grids; phones are sealed."""

from django.db import models

from huying.people.models import Account
from huying.teams.rules.kinds import Part


class MemberKind(models.Model):
    """队员类别: what somebody is in a grid's team; data of the district. ``ended_at``: not given any more."""

    district = models.IntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    part = models.CharField(max_length=10, choices=Part.choices())
    place = models.IntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "code"], name="teams_kind_code"),
            models.UniqueConstraint(fields=["district", "name"], name="teams_kind_name"),
        ]


class Member(models.Model):
    """队员: somebody who works in grids or is on duty, with or without an account.

    ``area`` is the code of the office, community or grid they belong to, by which they are found when a roster
    is drawn up. The phone is sealed; ``phone_digest`` finds the same person again.
    """

    district = models.IntegerField()
    name = models.CharField(max_length=40)
    job = models.CharField(max_length=40, blank=True, default="")
    area = models.CharField(max_length=15)
    phone_sealed = models.BinaryField(null=True)
    phone_digest = models.BinaryField(null=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "phone_digest"], name="teams_member_phone"),
            models.UniqueConstraint(fields=["account"], name="teams_member_account"),
        ]
        indexes = [models.Index(fields=["district", "area"], name="teams_member_area")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """编入: a member in the team of one grid, from a day until before another. One leader at a time."""

    district = models.IntegerField()
    grid = models.CharField(max_length=15)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    kind = models.ForeignKey(MemberKind, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices())
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "grid"],
                condition=models.Q(part=Part.LEADER.value, valid_to=None),
                name="teams_one_leader",
            ),
            models.UniqueConstraint(
                fields=["district", "grid", "member", "kind"],
                condition=models.Q(valid_to=None),
                name="teams_member_once",
            ),
        ]
        indexes = [models.Index(fields=["member"], name="teams_membership_member")]
