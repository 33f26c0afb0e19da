"""The season's calendar in versions, campaigns, and one task for each grid."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.prevent.campaigns.rules.kinds import CampaignState, Finding, Origin
from huying.prevent.campaigns.rules.season import Festival


def _codes(length: int) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=length), default=list)


class Season(models.Model):
    """季节日历: one line in one version; another version ends it."""

    district = models.IntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    festival = models.CharField(max_length=8, choices=Festival.choices(), blank=True, default="")
    first = models.CharField(max_length=5)
    last = models.CharField(max_length=5)
    weeks_before = models.SmallIntegerField()
    items = _codes(6)
    areas = _codes(15)
    lead = models.CharField(max_length=60, blank=True, default="")
    task = models.CharField(max_length=1000)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "code"], condition=models.Q(ended_at__isnull=True), name="season_in_force"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """专项治理: what, where, until when, of what it was made, and what came of it. ``area`` holds all of its areas.

    ``photos_needed``: no task is handed in without a photo.
    """

    district = models.IntegerField()
    once = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=CampaignState.choices())
    origin = models.CharField(max_length=8, choices=Origin.choices())
    season = models.CharField(max_length=20, blank=True, default="")
    warning_id = models.BigIntegerField(null=True)
    items = _codes(6)
    areas = _codes(15)
    area = models.CharField(max_length=15, db_collation="C")
    lead = models.CharField(max_length=60, blank=True, default="")
    task = models.CharField(max_length=1000)
    photos_needed = models.BooleanField(default=False)
    begins = models.DateField()
    due = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    conclusion = models.CharField(max_length=1000, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "once"], name="campaign_once")]
        indexes = [models.Index(fields=["district", "-made_at", "-id"], name="campaign_newest")]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """排查任务: one grid's part of a campaign. ``case_id``: the case that was registered of what was found."""

    district = models.IntegerField()
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="tasks")
    grid = models.CharField(max_length=15, db_collation="C")
    due = models.DateField()
    finding = models.CharField(max_length=8, choices=Finding.choices(), blank=True, default="")
    words = models.CharField(max_length=1000, blank=True, default="")
    case_id = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "grid"], name="campaign_task_once")]
        indexes = [
            models.Index(
                fields=["district", "grid"],
                condition=models.Q(done_at__isnull=True),
                name="campaign_task_open",
            )
        ]

    def __str__(self) -> str:
        return self.grid


class TaskPhoto(models.Model):
    """A photo taken on the spot, re-encoded; ``path`` is relative to the store's root."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="photos")
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "sha256"], name="task_photo_once")]

    def __str__(self) -> str:
        return self.path
