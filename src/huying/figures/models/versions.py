"""Formulas and rules of assessment, in versions that are never altered."""

from django.db import models

from huying.figures.rules.formulas import Unit
from huying.figures.rules.versions import RuleKind


class FormulaVersion(models.Model):
    """A district's own version of an indicator, never altered: a change is a further version."""

    district = models.IntegerField()
    code = models.CharField(max_length=30)
    version = models.IntegerField()
    valid_from = models.DateField()
    zh = models.CharField(max_length=30)
    en = models.CharField(max_length=60)
    numerator = models.CharField(max_length=400)
    denominator = models.CharField(max_length=400)
    unit = models.CharField(max_length=8, choices=Unit.choices())
    better = models.SmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "code", "version"], name="formula_version_once")
        ]


class RuleVersion(models.Model):
    """A district's own period of assessment, threshold of ranking or score sheet; a change is a further version."""

    district = models.IntegerField()
    kind = models.CharField(max_length=10, choices=RuleKind.choices())
    version = models.IntegerField()
    valid_from = models.DateField()
    said = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "version"], name="rule_version_once")
        ]
