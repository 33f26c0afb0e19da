"""The closed lists of this domain."""

from huying.kernel.terms import Term


class SiteKind(Term):
    """What stands on the ground and brings work."""

    BUILDING = "building", "楼栋"
    ESTATE = "estate", "小区"
    SHOP = "shop", "商铺"


class Within(Term):
    """Which borders no grid crosses."""

    COMMUNITY = "community", "不跨社区"
    STREET = "street", "可跨社区，不跨街道"


class PlanState(Term):
    """Where a plan of grids stands."""

    COMPUTING = "computing", "计算中"
    READY = "ready", "待定"
    FAILED = "failed", "没有算成"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"
    DROPPED = "dropped", "已放弃"
