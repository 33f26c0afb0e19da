"""What is asked of a plan, and whether it can be."""

from dataclasses import dataclass, field
from typing import Final

from huying.gridding.rules.kinds import Within
from huying.gridding.rules.weighing import Weights
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

LONGEST_NAME: Final = 60
MOST_GRIDS: Final = 3000
#: What a community's three digits can number.
MOST_IN_ONE: Final = 999
TOLERANCES: Final = (3, 50)
DAYS: Final = (0, 1100)


@dataclass(frozen=True, slots=True)
class Wishes:
    """A plan as it is asked for. ``scope``: the area whose grids are drawn anew; ``tolerance`` in percent of the mean.

    ``keep``: 0 draws freely, 100 moves as few homes as even work allows. ``days``: how far back cases count.
    """

    name: str
    scope: str
    grids: int
    within: Within = Within.COMMUNITY
    weights: Weights = field(default_factory=Weights)
    tolerance: int = 10
    keep: int = 50
    days: int = 365

    def checked(self) -> "Wishes":
        """Itself; Invalid, the fields named, for what cannot be."""
        wrong: dict[str, str] = {}
        if not 0 < len(self.name.strip()) <= LONGEST_NAME:
            wrong["name"] = said("请起个名称，最多 %(most)s 字。", most=LONGEST_NAME)
        if len(self.scope) not in {6, 9, 12} or not (self.scope.isascii() and self.scope.isdigit()):
            wrong["scope"] = said("请选区、街道或社区。")
        for field_name, value, least, most in (
            ("grids", self.grids, 1, MOST_GRIDS), ("tolerance", self.tolerance, *TOLERANCES),
            ("keep", self.keep, 0, 100), ("days", self.days, *DAYS),
        ):  # fmt: skip
            if not least <= value <= most:
                wrong[field_name] = said("请填 %(least)s 到 %(most)s。", least=least, most=most)
        if wrong:
            raise Invalid(fields=wrong)
        self.weights.checked()
        return self
