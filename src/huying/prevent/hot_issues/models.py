"""Issues, the cases that speak of them, and how common each string is in a district."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from huying.prevent.hot_issues.rules.states import IssueState


def next_id() -> models.Func:
    return models.Func(
        models.Value("hot_issue_id"), function="nextval", output_field=models.BigIntegerField()
    )


class HotIssue(models.Model):
    """热点问题. ``messages`` counts all of its cases; what somebody is shown is counted anew within their area.

    ``settled_*``: who said that it is none, or put it into another (``merged_into``), and why.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=80, blank=True, default="")
    people = models.CharField(max_length=20, blank=True, default="")
    state = models.CharField(max_length=10, choices=IssueState.choices(), default="open")
    messages = models.IntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    merged_into = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["district", "state", "-last_at"], name="hot_issue_newest")]


class Heard(models.Model):
    """One case as it was heard: the issue it belongs to (none yet), what is kept of its words.

    ``marks`` and ``weights`` are equally long, the heaviest first; ``keys`` are the first of them, by which others are
    found. ``fixed``: a person put it where it is.
    """

    pk = models.CompositePrimaryKey("district", "case_id")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    issue_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    title = models.CharField(max_length=120)
    area = models.CharField(max_length=15, db_collation="C")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    caller_id = models.BigIntegerField(null=True)
    item = models.CharField(max_length=32, db_collation="C", blank=True, default="")
    marks = ArrayField(models.CharField(max_length=60))
    weights = ArrayField(models.FloatField())
    names = ArrayField(models.CharField(max_length=10))
    keys = ArrayField(models.CharField(max_length=60))
    likeness = models.FloatField(default=1)
    fixed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["district", "issue_id", "-at"],
                condition=models.Q(issue_id__isnull=False),
                name="heard_of_issue",
            ),
            models.Index(fields=["district", "-at"], name="heard_newest"),
            # Asked before every write: what a fast update would put off, each question would read through.
            GinIndex(fields=["keys"], name="heard_keys", fastupdate=False),
        ]


class WordCounts(models.Model):
    """In how many of ``messages`` cases of a district each string occurred, as ``rules.lexicon`` packs it."""

    district = models.IntegerField(primary_key=True)
    messages = models.IntegerField()
    counts = models.BinaryField()
    counted_at = models.DateTimeField()
