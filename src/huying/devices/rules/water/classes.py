"""The classes of surface water and their limits (GB 3838-2002 地表水环境质量标准, table 1)."""

from typing import Final

from huying.kernel.terms import Term


class WaterClass(Term):
    """How good surface water is, best first."""

    I = "1", "Ⅰ类"  # noqa: E741 (so the standard calls it)
    II = "2", "Ⅱ类"
    III = "3", "Ⅲ类"
    IV = "4", "Ⅳ类"
    V = "5", "Ⅴ类"
    BEYOND_V = "6", "劣Ⅴ类"

    @property
    def rank(self) -> int:
        """1 for the best, 6 for the worst."""
        return int(self.value)


class WaterBody(Term):
    """Rivers and lakes differ in their limits for phosphorus; nitrogen is judged in lakes alone."""

    RIVER = "river", "河流"
    LAKE = "lake", "湖库"


PH: Final = "w01001"
OXYGEN: Final = "w01009"
_PHOSPHORUS: Final = "w21011"
_NITROGEN: Final = "w21001"
PH_LOW, PH_HIGH = 6.0, 9.0

Limits = tuple[float, float, float, float, float]
_LIMITS: Final[dict[str, Limits]] = {
    OXYGEN: (7.5, 6, 5, 3, 2),
    "w01018": (15, 15, 20, 30, 40),
    "w01019": (2, 4, 6, 10, 15),
    "w01017": (3, 3, 4, 6, 10),
    "w21003": (0.15, 0.5, 1.0, 1.5, 2.0),
    _PHOSPHORUS: (0.02, 0.1, 0.2, 0.3, 0.4),
}
_LAKE: Final[dict[str, Limits]] = {
    _PHOSPHORUS: (0.01, 0.025, 0.05, 0.1, 0.2),
    _NITROGEN: (0.2, 0.5, 1.0, 1.5, 2.0),
}


def limits(body: WaterBody) -> dict[str, Limits]:
    """By factor code the limits of Ⅰ to Ⅴ in mg/L; pH is judged apart. Oxygen's are lower limits, all others upper."""
    return _LIMITS if body is WaterBody.RIVER else {**_LIMITS, **_LAKE}


def class_of(code: str, value: float, body: WaterBody) -> WaterClass | None:
    """The class of one factor's value, None for one that the standard does not judge in such water.

    Where two classes share a limit it is the better one.
    """
    if code == PH:
        return WaterClass.I if PH_LOW <= value <= PH_HIGH else WaterClass.BEYOND_V
    bounds = limits(body).get(code)
    if bounds is None:
        return None
    held = (value >= bound if code == OXYGEN else value <= bound for bound in bounds)
    for water, holds in zip(WaterClass, held, strict=False):
        if holds:
            return water
    return WaterClass.BEYOND_V
