"""What comes again, and the projects that go to its root."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.prevent.recurring.rules.states import ProjectState


def next_id() -> models.Func:
    return models.Func(
        models.Value("recurring_id"), function="nextval", output_field=models.BigIntegerField()
    )


class Recurrence(models.Model):
    """反复问题: the cases of one item at one place in order; ``again`` of them came after an earlier one was closed.

    ``place`` is the name in the gazetteer that most of them name, "" where none does. No caller's words stand here.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    item = models.CharField(max_length=32, db_collation="C")
    place = models.CharField(max_length=80, blank=True, default="")
    area = models.CharField(max_length=15, db_collation="C")
    lon = models.FloatField()
    lat = models.FloatField()
    cases = ArrayField(models.BigIntegerField())
    spots = ArrayField(models.IntegerField())
    again = models.IntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district", "-again", "-last_at"], name="recurrence_worst")]


class Searched(models.Model):
    """When a district was last searched for what comes again."""

    district = models.IntegerField(primary_key=True)
    at = models.DateTimeField()


class Project(models.Model):
    """治理项目 on a recurrence: whose it is, the cause, what is done about it, what it costs, from when until when.

    ``spots``: x, y, x, y … of its places in thousandths of a degree, by which its effect is measured for good.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    recurrence_id = models.BigIntegerField()
    item = models.CharField(max_length=32, db_collation="C")
    area = models.CharField(max_length=15, db_collation="C")
    spots = ArrayField(models.IntegerField())
    name = models.CharField(max_length=60)
    body_id = models.BigIntegerField()
    owner = models.CharField(max_length=20)
    cause = models.CharField(max_length=500)
    measure = models.CharField(max_length=500)
    cost = models.CharField(max_length=200, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=ProjectState.choices(), default="running")
    finished_on = models.DateField(null=True)
    outcome = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "recurrence_id"],
                condition=models.Q(state="running"),
                name="project_one_runs",
            )
        ]
        indexes = [models.Index(fields=["district", "state", "-made_at"], name="project_newest")]
