from django.db import models


class Trial(models.Model):
    """One request made to try the interface out. ``told`` is what was said of it, ``updates`` what was done since."""

    district = models.IntegerField()
    once = models.CharField(max_length=64, null=True)
    item = models.CharField(max_length=24)
    area = models.CharField(max_length=15)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    told = models.JSONField()
    updates = models.JSONField(default=list)
    made_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "once"], name="trial_once")]
        indexes = [models.Index(fields=["district", "-made_at"], name="trial_newest")]

    def __str__(self) -> str:
        return f"{self.district} {self.item} {self.pk}"
