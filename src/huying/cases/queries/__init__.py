"""The only readers of the heart. What an actor may not see does not exist for them."""

from huying.cases.queries.seeing import must_see

__all__ = ["must_see"]
