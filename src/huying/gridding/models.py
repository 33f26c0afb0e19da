"""What stands on the ground, and plans of other grids for it.

A plan is drawn once from the ground as it stood and never changes; other wishes make another plan.
"""

from django.db import models

from huying.gridding.rules.kinds import PlanState, SiteKind, Within


class Site(models.Model):
    """底数: a building, an estate or a shop with how much work it brings. ``id`` is a digest of its ``key``.

    ``estate``: the name of the estate it belongs to, "" for none. ``outline``: GeoJSON, of an estate that has one.
    Numbers only: nobody who lives there is named.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField()
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=SiteKind.choices())
    name = models.CharField(max_length=80, blank=True, default="")
    estate = models.CharField(max_length=80, blank=True, default="")
    lon = models.FloatField()
    lat = models.FloatField()
    outline = models.JSONField(null=True)
    homes = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    buildings = models.IntegerField(default=0)
    shops = models.IntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)


class GridPlan(models.Model):
    """网格调整方案: what was asked for, and what came of it.

    ``key`` is chosen by whoever asks, so that asking twice makes one. ``scope``: the area whose grids are drawn anew.
    ``base``: the digests of today's grids by code, as they were when it was drawn. ``before``, ``after``: figures of
    all of them. ``flows``: homes from which of today's grids to which of the plan's. ``changes``: the numbers of the
    changes to areas it was published by.
    """

    district = models.IntegerField()
    key = models.UUIDField(editable=False)
    name = models.CharField(max_length=60)
    scope = models.CharField(max_length=12)
    within = models.CharField(max_length=10, choices=Within.choices())
    grids = models.IntegerField()
    weights = models.JSONField()
    tolerance = models.SmallIntegerField()
    keep = models.SmallIntegerField()
    days = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=PlanState.choices())
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    made_by_account = models.BigIntegerField(null=True)
    work_id = models.BigIntegerField(null=True)
    drawn_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True, default="")
    base = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    moved = models.IntegerField(default=0)
    told = models.JSONField(default=list)
    flows = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    valid_from = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="gridding_plan_once")]
        indexes = [models.Index(fields=["district", "-id"], name="gridding_newest")]


class PlanGrid(models.Model):
    """A grid of a plan. ``code``: today's grid it goes on as, "" for a new one; ``parent``: its community's code.

    ``figures`` as they would be, ``before`` those of the grid it goes on as ({} for a new one). ``came``, ``left``:
    homes that come from other grids and go to others. A grid that ends has no outline and only its homes that go.
    """

    district = models.IntegerField()
    plan_id = models.BigIntegerField()
    number = models.IntegerField()
    code = models.CharField(max_length=15, blank=True, default="")
    name = models.CharField(max_length=120)
    parent = models.CharField(max_length=12)
    outline = models.JSONField(null=True)
    figures = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    came = models.IntegerField(default=0)
    left = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "plan_id", "number"], name="gridding_grid_once")
        ]
