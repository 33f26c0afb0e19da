"""What is known of a case when it has to be given to a body, and the views of it that history is kept by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

SEPARATOR: Final = "\x1f"

# Each view is a set of attributes; "" is the view that knows nothing and therefore sees all cases.
VIEWS: Final[tuple[tuple[str, ...], ...]] = tuple(
    tuple(view.split())
    for view in (
        "leaf community",
        "leaf street",
        "leaf",
        "group community",
        "group street",
        "group",
        "class community",
        "class street",
        "class",
        "leaf street source",
        "leaf community source",
        "leaf source",
        "group source",
        "class source",
        "community",
        "street",
        "street source",
        "leaf kind",
        "street kind",
        "leaf hours",
        "",
    )
)


@dataclass(frozen=True, slots=True)
class Features:
    """One case as the dispatcher sees it on arrival; nothing that only its handling reveals belongs here.

    ``class_name``, ``group`` and ``leaf`` are the three levels of its item, ``words`` the item's own name.
    ``street``, ``community`` and ``grid`` are names or codes, "" where unknown.
    ``at`` is the local time of arrival.
    """

    at: datetime
    class_name: str = ""
    group: str = ""
    leaf: str = ""
    words: str = ""
    street: str = ""
    community: str = ""
    grid: str = ""
    kind: str = ""
    source: str = ""

    @property
    def day(self) -> float:
        """Days since the epoch, the unit in which history ages."""
        return self.at.timestamp() / 86_400

    @property
    def hours(self) -> str:
        """Whether offices are at work: the same complaint goes to another desk at night."""
        return "work" if self.at.weekday() < 5 and 8 <= self.at.hour < 18 else "off"


def view_keys(features: Features) -> list[str]:
    """The key of the case in each of VIEWS, in that order.

    A leaf is only known within its group: 其他 under 绿化 is not 其他 under 道路.
    """
    values = {
        "class": features.class_name,
        "group": features.class_name + "/" + features.group,
        "leaf": features.group + "/" + features.leaf,
        "street": features.street,
        "community": features.community,
        "kind": features.kind,
        "source": features.source,
        "hours": features.hours,
    }
    return [
        SEPARATOR.join((str(number), *(values[name] for name in view))) for number, view in enumerate(VIEWS)
    ]


def word_keys(features: Features) -> list[str]:
    """Character pairs of the item's name: a new item resembles the items it is named like."""
    words = features.words or features.leaf
    return sorted({"w" + SEPARATOR + words[i : i + 2] for i in range(len(words) - 1)})
