"""The responsibility list (职责清单) in editions. Only a draft changes; what was once live stays."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.catalogue.rules import AppealKind, EditionState, ItemType, Level
from huying.catalogue.rules.questions import Datatype


def _amount(*, null: bool = True) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=8, decimal_places=4, null=null, blank=null)


def _unit() -> "models.CharField[Any, Any]":
    return models.CharField(max_length=16, blank=True, default="")


class Situation(models.Model):
    """呼叫启动情形 (R207): when bodies are called to the spot, who leads there, and who takes what nobody takes.

    Bodies are named by their duties, so that each street calls its own. A row never changes: another version ends it.
    """

    district = models.IntegerField()
    code = models.CharField(max_length=16)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    when = models.CharField(max_length=300)
    lead = models.CharField(max_length=40)
    assisting = ArrayField(models.CharField(max_length=40), default=list)
    fallback = models.CharField(max_length=40, blank=True)
    valid_from = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "code"],
                condition=models.Q(ended_at__isnull=True),
                name="situation_in_force",
            )
        ]


class Edition(models.Model):
    """One version of a district's list (版本), numbered from 1 within the district."""

    district = models.IntegerField()
    number = models.IntegerField()
    name = models.CharField(max_length=100)
    state = models.CharField(max_length=12, choices=EditionState.choices(), default=EditionState.DRAFT.value)
    valid_from = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    made_by_account = models.BigIntegerField(null=True, blank=True)
    edited_at = models.DateTimeField()
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "number"], name="edition_number"),
            models.UniqueConstraint(
                fields=["district"],
                condition=models.Q(state=EditionState.LIVE.value),
                name="edition_one_live",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district} 第{self.number}版 {self.name}"


class Item(models.Model):
    """An item (事项) of one edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="items")
    code = models.CharField(max_length=24)
    class_name = models.CharField(max_length=60)
    group_name = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    type = models.CharField(max_length=12, choices=ItemType.choices())
    duty = models.CharField(max_length=40)
    keywords = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    standard = models.CharField(max_length=60, blank=True, default="")
    standard_code = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="item_code"),
            models.CheckConstraint(
                condition=models.Q(standard="", standard_code="")
                | (~models.Q(standard="") & ~models.Q(standard_code="")),
                name="item_code_names_its_standard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Condition(models.Model):
    """A filing condition (立案条件) of an item. Empty limits mean those of the appeal's kind."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="conditions")
    number = models.SmallIntegerField()
    text = models.CharField(max_length=300)
    cues = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    lead = models.CharField(max_length=40)
    assisting = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    sign_amount, sign_unit = _amount(), _unit()
    contact_amount, contact_unit = _amount(), _unit()
    handle_amount, handle_unit = _amount(), _unit()
    closing_standard = models.CharField(max_length=300)
    evidence = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices())
    danger = models.SmallIntegerField(default=0)
    visibility = models.SmallIntegerField(default=0)
    disorder = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="condition_number"),
            models.CheckConstraint(
                condition=models.Q(danger__range=(0, 3), visibility__range=(0, 3), disorder__range=(0, 3)),
                name="condition_marks_0_to_3",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class KindLimit(models.Model):
    """What an edition allows by kind of appeal (诉求类型) where the condition itself says nothing."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="kind_limits")
    kind = models.CharField(max_length=16, choices=AppealKind.choices())
    sign_amount, sign_unit = _amount(null=False), _unit()
    contact_amount, contact_unit = _amount(null=False), _unit()
    handle_amount, handle_unit = _amount(null=False), _unit()
    verify_amount, verify_unit = _amount(null=False), _unit()
    check_amount, check_unit = _amount(null=False), _unit()
    follow_up_amount, follow_up_unit = _amount(null=False), _unit()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="kind_limit_once")]

    def __str__(self) -> str:
        return self.kind


class Question(models.Model):
    """填报问题: what a resident who reports a matter of an item is asked besides.

    It holds for the item's code, whichever edition lists it; a row never changes: another version ends it. ``choices``
    are [key, name] pairs.
    """

    district = models.IntegerField()
    item = models.CharField(max_length=24)
    code = models.CharField(max_length=40)
    datatype = models.CharField(max_length=16, choices=Datatype.choices())
    description = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    required = models.BooleanField()
    answered = models.BooleanField()
    order = models.SmallIntegerField()
    choices = models.JSONField(default=list)
    valid_from = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "item", "code"],
                condition=models.Q(ended_at__isnull=True),
                name="question_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.code}"
