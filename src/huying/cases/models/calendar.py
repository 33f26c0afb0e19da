from django.db import models


class WorkingHours(models.Model):
    """When a district's offices work, from a date on: sessions as [["08:00", "12:00"], ["14:00", "18:00"]]."""

    district = models.IntegerField()
    valid_from = models.DateField()
    zone = models.CharField(max_length=40)
    sessions = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "valid_from"], name="working_hours_once")]


class SpecialDay(models.Model):
    """A day that differs from its weekday by a district's own decision, over the statutory calendar."""

    district = models.IntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "day"], name="special_day_once")]
