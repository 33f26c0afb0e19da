"""One line of the list as plain values: what queries hand out, files carry and comparisons compare."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from huying.catalogue.rules.kinds import AppealKind, Evidence, ItemType, Level
from huying.catalogue.rules.limits import Limits
from huying.worktime.units import Limit


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A filing condition (立案条件): when a matter is filed, who leads, how long, what counts as done.

    ``cues`` (说法) are words that, said about a matter of this item, speak for this condition. ``lead`` and
    ``assisting`` are duty codes. ``sign``, ``contact`` and ``handle`` are None where the limit of the appeal's
    kind holds. ``danger`` 危险性, ``visibility`` 直观性, ``disorder`` 无序性: 0 to 3.
    """

    number: int
    text: str
    cues: tuple[str, ...]
    lead: str
    assisting: tuple[str, ...]
    sign: Limit | None
    contact: Limit | None
    handle: Limit | None
    closing_standard: str
    evidence: tuple[Evidence, ...]
    level: Level
    danger: int
    visibility: int
    disorder: int

    @property
    def priority(self) -> int:
        """0 (can wait) to 18 (first of all). Danger weighs three, disorder two, visibility one."""
        return 3 * self.danger + 2 * self.disorder + self.visibility


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item (事项) with its three names (大类, 中类, 小类) and its conditions; the first is the usual one.

    ``standard`` is the outside standard's name with its year, and ``standard_code`` the code in it; both may
    be empty, never one without the other.
    """

    code: str
    class_name: str
    group_name: str
    name: str
    type: ItemType
    duty: str
    keywords: tuple[str, ...]
    standard: str
    standard_code: str
    conditions: tuple[ConditionLine, ...]

    @property
    def level(self) -> Level:
        """Where the item is judged first: that of its usual condition, the street when it has none."""
        return self.conditions[0].level if self.conditions else Level.STREET

    @property
    def names(self) -> tuple[str, str, str]:
        return self.class_name, self.group_name, self.name

    def condition(self, number: int) -> ConditionLine | None:
        return next((line for line in self.conditions if line.number == number), None)


@dataclass(frozen=True, slots=True)
class ItemText:
    """What a classifier learns an item by, before it has seen any case."""

    code: str
    names: tuple[str, str, str]
    keywords: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an edition says: its items in the order of codes, and the limits by kind of appeal."""

    items: tuple[ItemLine, ...]
    kinds: Mapping[AppealKind, Limits]


def led_by(line: ItemLine, number: int | None, duty: str) -> ItemLine:
    """The item with this duty leading in one condition, or in all of them; who leads assists no more."""
    conditions = tuple(
        replace(each, lead=duty, assisting=tuple(one for one in each.assisting if one != duty))
        if number in {None, each.number}
        else each
        for each in line.conditions
    )
    return replace(line, conditions=conditions, duty=duty if number is None else line.duty)
