"""The knowledge base (知识库). An article points at its newest version; versions are only ever added."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from huying.knowledge.rules.kinds import GapKind, UseChannel
from huying.people.models import Body


def _next(sequence: str) -> models.Func:
    return models.Func(models.Value(sequence), function="nextval", output_field=models.BigIntegerField())


class Article(models.Model):
    """A question and its answer (知识条目). What it says stands in its versions.

    ``words`` are the bigram tokens of the newest version; ``origin`` names where it was brought in from, so that
    the same set can be brought in twice.
    """

    district = models.IntegerField()
    origin = models.CharField(max_length=40, blank=True, default="")
    current = models.OneToOneField("ArticleVersion", models.PROTECT, null=True, related_name="+")
    words = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "origin"], condition=~models.Q(origin=""), name="article_origin"
            )
        ]
        indexes = [GinIndex(fields=["words"], name="article_words")]


class ArticleVersion(models.Model):
    """What an article said from one change to the next (知识版本), numbered from 1.

    ``valid_until`` is the last day; ``item`` is the code of an item of the responsibility list, or "".
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    question = models.CharField(max_length=120)
    answer = models.TextField()
    keywords = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    item = models.CharField(max_length=24, blank=True, default="")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    withdrawn = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)
    changed_by_account = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="article_version_number")]


class ArticleUse(models.Model):
    """One answer given with an article (知识使用). ``key`` names the call, so that it counts once."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("knowledge_use_id"))
    article_id = models.BigIntegerField()
    version = models.IntegerField()
    day = models.DateField()
    channel = models.CharField(max_length=12, choices=UseChannel.choices())
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="article_use_once")]
        indexes = [models.Index(fields=["district", "article_id", "day"], name="article_use_day")]


class Gap(models.Model):
    """A question that no article answered (知识缺口). ``settled_at``: somebody wrote the article or needs none."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=_next("knowledge_gap_id"))
    kind = models.CharField(max_length=12, choices=GapKind.choices())
    words = models.CharField(max_length=200)
    reply = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    key = models.CharField(max_length=80)
    article_id = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="gap_once")]
        indexes = [
            models.Index(
                fields=["district", "-at"], condition=models.Q(settled_at__isnull=True), name="gap_open"
            )
        ]
