"""What stands on a block: the mix by distance from the centre, homes and shops, and its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from huying.simulate.chance import dice
from huying.simulate.land.names import estate_names, old_estate_names


@dataclass(frozen=True, slots=True)
class Use:
    """One kind of land: its Chinese name, weights in centre, middle and edge, ranges of homes and shops."""

    zh: str
    weights: tuple[float, float, float]
    homes: tuple[int, int]
    shops: tuple[int, int]


USES = {
    "estate": Use("商品房小区", (28, 42, 28), (90, 260), (4, 16)),
    "old_estate": Use("老旧小区", (26, 14, 4), (60, 170), (3, 14)),
    "village": Use("城中村", (2, 12, 30), (80, 220), (8, 40)),
    "commerce": Use("商业街区", (18, 6, 2), (5, 40), (25, 80)),
    "office": Use("写字楼", (8, 3, 1), (0, 0), (10, 40)),
    "market": Use("菜市场", (3, 3, 2), (0, 12), (30, 90)),
    "school": Use("学校", (5, 6, 4), (0, 0), (0, 2)),
    "hospital": Use("医院", (2, 1, 1), (0, 0), (1, 4)),
    "park": Use("公园", (5, 6, 6), (0, 0), (0, 3)),
    "industry": Use("工业园", (0, 4, 16), (0, 30), (3, 12)),
    "site": Use("工地", (3, 3, 6), (0, 0), (0, 0)),
}
_SCHOOLS = ("小学", "中学", "实验学校", "幼儿园")
_HOSPITALS = ("人民医院", "中医院", "妇幼保健院")


def zone(distance: float) -> int:
    """0 centre, 1 middle, 2 edge; ``distance`` from the city's centre is 1 at its usual rim."""
    return 0 if distance < 0.36 else 1 if distance < 0.74 else 2


def draw(rng: Random, place: int) -> tuple[str, int, int]:
    """The use of one block with its homes and shops."""
    kinds = list(USES)
    kind = rng.choices(kinds, [USES[name].weights[place] for name in kinds])[0]
    use = USES[kind]
    return kind, rng.randint(*use.homes), rng.randint(*use.shops)


class Namer:
    """Gives every block of a district a name of its own."""

    def __init__(self, seed: int, district: str) -> None:
        self._rng = dice(seed, "blocks", district)
        self._estates = estate_names(seed, district)
        self._old = old_estate_names(seed, district)
        self._used: set[str] = set()
        self._makers: dict[str, Callable[[str], Iterator[str]]] = {
            "village": lambda stem: (
                f"{stem}{side}村" for side in ("", "上", "下", "东", "西", "南", "北", "新")
            ),
            "commerce": lambda stem: (
                f"{stem}{word}" for word in ("商业街", "广场", "天地", "步行街", "购物中心")
            ),
            "office": lambda stem: (f"{stem}{word}" for word in ("大厦", "商务中心", "国际中心", "写字楼")),
            "market": lambda stem: (
                f"{stem}{word}" for word in ("菜市场", "农贸市场", "综合市场", "肉菜市场")
            ),
            "school": lambda stem: (f"{stem}{word}" for word in _SCHOOLS),
            "hospital": lambda stem: (f"{stem}{word}" for word in _HOSPITALS),
            "park": lambda stem: (f"{stem}{word}" for word in ("公园", "社区公园", "体育公园", "湿地公园")),
            "industry": lambda stem: (f"{stem}{word}" for word in ("工业园", "科技园", "产业园", "物流园")),
            "site": lambda stem: (f"{stem}{word}" for word in ("旧改项目工地", "安居房工地", "地块工地")),
        }

    def name(self, use: str, stem: str) -> str:
        """A name no other block of the district has; ``stem`` is that of its community."""
        if use == "estate":
            return self._fresh(iter([f"{stem}{self._rng.choice(('花园', '新村', '苑'))}"]), self._estates)
        if use == "old_estate":
            return next(self._old)
        return self._fresh(
            self._makers[use](stem), (f"{stem}{USES[use].zh}{number}号" for number in range(1, 999))
        )

    def _fresh(self, first: Iterator[str], then: Iterator[str]) -> str:
        for name in first:
            if name not in self._used:
                self._used.add(name)
                return name
        name = next(candidate for candidate in then if candidate not in self._used)
        self._used.add(name)
        return name
