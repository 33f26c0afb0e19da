from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from huying.cases.lifecycle import Level, OrderRole, OrderState, State

_OPEN = models.Q(closed_at__isnull=True)


class Case(models.Model):
    """案件: one matter to be handled. ``length`` and ``head`` are the end of its chain and its version.

    ``erased_at``: since then it says nothing of persons any more (个人信息保护法 47), and nothing is done with it.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=State.choices())
    level = models.CharField(max_length=12, choices=Level.choices())
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    item = models.CharField(max_length=32, db_collation="C")
    condition = models.IntegerField(null=True)
    edition_id = models.BigIntegerField(null=True)
    area = models.CharField(max_length=15, db_collation="C")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    channel = models.CharField(max_length=12)
    urgency = models.SmallIntegerField()
    body_id = models.BigIntegerField(null=True)
    due_kind = models.CharField(max_length=12)
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField()
    merged_into = models.BigIntegerField(null=True)
    split_from = models.BigIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)
    appeals = models.IntegerField()
    reworks = models.SmallIntegerField()
    unhappy = models.SmallIntegerField()
    head = models.BinaryField(max_length=32)
    length = models.IntegerField()

    class Meta:
        indexes = [
            # In the order lists are read; what follows "id" lets the index itself pass over what a filter refuses.
            models.Index(
                fields=[
                    "district",
                    "-urgency",
                    "due_at",
                    "id",
                    "area",
                    "item",
                    "kind",
                    "state",
                    "level",
                    "warn_at",
                    "lon",
                    "lat",
                ],
                condition=_OPEN,
                name="case_queue",
            ),
            models.Index(
                fields=["district", "-opened_at", "-id", "area", "item", "kind", "channel", "body_id"],
                condition=models.Q(closed_at__isnull=False),
                name="case_closed",
            ),
            models.Index(fields=["district", "state", "area"], condition=_OPEN, name="case_of_state"),
            models.Index(fields=["district", "area"], condition=_OPEN, name="case_of_area"),
            models.Index(fields=["district", "lon", "lat"], condition=_OPEN, name="case_on_map"),
            models.Index(fields=["district", "-opened_at"], name="case_recent"),
            # What changed since somebody outside asked last.
            models.Index(fields=["district", "-touched_at"], name="case_touched"),
            # What was closed in a month, as it is published.
            models.Index(
                fields=["district", "closed_at"],
                include=["id", "area", "item", "channel", "opened_at"],
                condition=models.Q(state=State.CLOSED),
                name="case_closed_when",
            ),
            # What was closed at a place before.
            models.Index(
                fields=["district", "item", "lon", "lat"],
                condition=models.Q(closed_at__isnull=False, lon__isnull=False),
                name="case_closed_here",
            ),
        ]


class Order(models.Model):
    """工单: a case given to one body, to lead or to assist.

    ``opened_at`` is the case's, which never changes: by it a body's ended orders are walked, newest first.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    body_id = models.BigIntegerField()
    parent_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=8, choices=OrderRole.choices())
    state = models.CharField(max_length=10, choices=OrderState.choices())
    opened_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_by = models.BigIntegerField(null=True)
    contacted_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "case_id"], name="order_of_case"),
            models.Index(
                fields=["district", "body_id", "state", "case_id"],
                condition=models.Q(ended_at__isnull=True),
                name="order_of_body",
            ),
            models.Index(
                fields=["district", "body_id", "-opened_at", "-case_id"],
                condition=models.Q(state=OrderState.ENDED),
                name="order_of_body_ended",
            ),
        ]


class CaseSearch(models.Model):
    """The words of a case as bigram tokens, written behind the ledger and never on the way in."""

    pk = models.CompositePrimaryKey("district", "case_id")
    district = models.IntegerField()
    case_id = models.BigIntegerField()
    opened_at = models.DateTimeField()
    open = models.BooleanField()
    words = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="case_search_words", fastupdate=True),
            # Among a million cases some ten thousand are open, and those are what is mostly searched.
            GinIndex(
                fields=["words"], condition=models.Q(open=True), name="case_search_open", fastupdate=True
            ),
            # A frequent word is met soon when closed cases are looked through, newest first.
            models.Index(
                fields=["district", "-opened_at", "-case_id"],
                condition=models.Q(open=False),
                name="case_search_closed",
            ),
        ]
