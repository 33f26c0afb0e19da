"""What a district sets: a plan for each kind of emergency, in versions, and skills beyond those brought along."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PlanVersion(models.Model):
    """预案的一版: rows are only added, the newest holds. ``ended``: this kind is offered no more."""

    district = models.IntegerField()
    code = models.CharField(max_length=20)
    version = models.IntegerField()
    name = models.CharField(max_length=20)
    skills = ArrayField(models.CharField(max_length=20))
    enough = models.IntegerField()
    rings = models.CharField(max_length=300)
    lines = ArrayField(models.CharField(max_length=20))
    window = models.IntegerField()
    hand_wait = models.IntegerField()
    ended = models.BooleanField(default=False)
    why = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    made_by_account = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "code", "version"], name="emergency_plan_once")
        ]


class Skill(models.Model):
    """技能: one of the district's own, or another name for one the platform brings along."""

    district = models.IntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="emergency_skill_code")]
