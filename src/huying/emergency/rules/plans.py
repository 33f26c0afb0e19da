"""A plan 预案: for one kind of emergency, whom to alert, in which rings, and whom to hand it to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

MOST_RINGS: Final = 6
#: How people write a ring for which no skill is asked; kept as ``any``.
ANY: Final = "不限"
FARTHEST: Final = 50_000
MOST_PEOPLE: Final = 200
SHORTEST: Final = 5
LONGEST: Final = 3600
MOST_ENOUGH: Final = 50


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring: the nearest ``most`` within ``metres``; ``wait`` seconds until the next. ``skilled``: only who has a
    skill the plan asks for."""

    metres: int
    most: int
    wait: int
    skilled: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for one kind of emergency. Version 0 is what the platform brings along.

    ``enough``: so many who accept are enough. ``lines``: outside services to whom it is handed over (110, 119, 120,
    gas), as shown on the card. ``window``: seconds within which the same device and key are the same alarm.
    ``hand_wait``: seconds each level of duty has to take over before the next one is told. No ``skills``: everybody.
    """

    code: str
    name: str
    skills: tuple[str, ...]
    enough: int
    rings: tuple[Ring, ...]
    lines: tuple[str, ...]
    window: int
    hand_wait: int
    version: int = 0

    def as_data(self) -> dict[str, Any]:
        """As kept with a card: what held when it was opened stays readable when the plan has changed."""
        return {
            "name": self.name, "skills": list(self.skills), "enough": self.enough, "rings": rings_text(self.rings),
            "lines": list(self.lines), "window": self.window, "hand_wait": self.hand_wait, "version": self.version,
        }  # fmt: skip


def plan_of(code: str, data: dict[str, Any]) -> Plan:
    """The plan again from ``as_data``."""
    return Plan(
        code, data["name"], tuple(data["skills"]), data["enough"], rings_of(data["rings"]), tuple(data["lines"]),
        data["window"], data["hand_wait"], data["version"],
    )  # fmt: skip


def rings_text(rings: Sequence[Ring]) -> str:
    """Rings as one line: metres:people:seconds, ``any`` where no skill is asked for; ``;`` between them."""
    return ";".join(
        f"{ring.metres}:{ring.most}:{ring.wait}{'' if ring.skilled else ':any'}" for ring in rings
    )


def rings_of(text: str) -> tuple[Ring, ...]:
    """Rings from one line. Raises Invalid."""
    found = []
    for part in filter(
        None, (part.strip() for part in text.replace("；", ";").replace("：", ":").split(";"))
    ):
        pieces = part.split(":")
        numbers, rest = pieces[:3], pieces[3:]
        if (
            len(numbers) < 3
            or rest not in ([], ["any"], [ANY])
            or not all(_is_number(one) for one in numbers)
        ):
            raise Invalid(
                "每一圈写“距离:人数:等几秒”，不限技能的后面加“:不限”，圈与圈之间用分号。",
                fields={"rings": "写法不对"},
            )
        metres, most, wait = map(int, numbers)
        found.append(Ring(metres, most, wait, not rest))
    return tuple(found)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def check(plan: Plan, known: Sequence[str]) -> None:
    """Raise Invalid, naming the field, for a plan that could not be carried out. ``known`` are the skills there are."""
    wrong: dict[str, str] = {}
    if not 0 < len(plan.name) <= 20:
        wrong["name"] = said("请写名称，最多 20 字。")
    if not 0 < plan.enough <= MOST_ENOUGH:
        wrong["enough"] = said("几个人够，填 1 到 %(most)s。", most=MOST_ENOUGH)
    if missing := [code for code in plan.skills if code not in known]:
        wrong["skills"] = said("没有这项技能：%(code)s。", code=missing[0])
    if not 0 <= plan.window <= 86_400:
        wrong["window"] = said("重复报警按 0 到 86400 秒算。")
    if not SHORTEST <= plan.hand_wait <= LONGEST:
        wrong["hand_wait"] = said("等值班员接手，填 %(least)s 到 %(most)s 秒。", least=SHORTEST, most=LONGEST)
    if any(not 0 < len(line) <= 20 for line in plan.lines) or len(plan.lines) > 8:
        wrong["lines"] = said("移交单位每个最多 20 字，最多 8 个。")
    wrong |= _wrong_rings(plan.rings)
    if wrong:
        raise Invalid(fields=wrong)


def _wrong_rings(rings: Sequence[Ring]) -> dict[str, str]:
    if not 0 < len(rings) <= MOST_RINGS:
        return {"rings": said("一到 %(most)s 圈。", most=MOST_RINGS)}
    for ring in rings:
        if not 0 < ring.metres <= FARTHEST:
            return {"rings": said("距离填 1 到 %(most)s 米。", most=FARTHEST)}
        if not 0 < ring.most <= MOST_PEOPLE:
            return {"rings": said("每圈人数填 1 到 %(most)s。", most=MOST_PEOPLE)}
        if not SHORTEST <= ring.wait <= LONGEST:
            return {"rings": said("每圈等 %(least)s 到 %(most)s 秒。", least=SHORTEST, most=LONGEST)}
    if any(after.metres < before.metres for before, after in pairwise(rings)):
        return {"rings": "后一圈不能比前一圈近。"}
    return {}
