"""Factors of water (HJ 212-2017 annex B, HJ 525): code, name, unit, and between which values water can be at all.

The range is physical, not a limit of quality: outside of it the instrument is wrong, however dirty the water. Ends are
generous where instruments differ.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor. ``low`` and ``high`` in ``unit``, both possible; ``elder`` is its code of HJ/T 212-2005."""

    code: str
    zh: str
    unit: str
    low: float
    high: float
    elder: str = ""

    def possible(self, value: float) -> bool:
        """Whether water can have this value."""
        return self.low <= value <= self.high


_ALL: Final = (
    Factor("w00000", "污水流量", "L/s", 0, 1_000_000, "B01"),
    Factor("w01001", "pH值", "", 0, 14, "001"),
    Factor("w01003", "浑浊度", "NTU", 0, 10_000),
    # Over twice saturation even algae in bloom do not get; supersaturated cold water comes near 25.
    Factor("w01009", "溶解氧", "mg/L", 0, 30),
    Factor("w01010", "水温", "℃", -2, 60),
    Factor("w01012", "悬浮物", "mg/L", 0, 100_000, "003"),
    # Sea water has some 50,000 to 60,000; brines of industry reach further.
    Factor("w01014", "电导率", "μS/cm", 0, 200_000),
    Factor("w01017", "五日生化需氧量", "mg/L", 0, 100_000, "010"),
    Factor("w01018", "化学需氧量", "mg/L", 0, 100_000, "011"),
    Factor("w01019", "高锰酸盐指数", "mg/L", 0, 10_000),
    Factor("w21001", "总氮", "mg/L", 0, 10_000, "065"),
    Factor("w21003", "氨氮", "mg/L", 0, 10_000, "060"),
    Factor("w21011", "总磷", "mg/L", 0, 10_000, "101"),
)
FACTORS: Final = {factor.code: factor for factor in _ALL}
_ELDER: Final = {factor.elder: factor for factor in _ALL if factor.elder}


def factor_of(code: str) -> Factor | None:
    """The factor of a code of either standard, written in either case; None for one that is not of water."""
    return FACTORS.get(code.lower()) or _ELDER.get(code.upper())
