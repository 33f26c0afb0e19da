"""An edition ready for use: items by code and the one rule that says which limits hold for a matter."""

from collections.abc import Mapping
from types import MappingProxyType

from huying.catalogue.rules.kinds import AppealKind
from huying.catalogue.rules.limits import DEFAULTS, Limits, resolve, takes_usual_condition
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine
from huying.catalogue.rules.search import normal


class Held:
    """``items`` by code and in the order of codes, ``kinds`` by kind of appeal; both read-only."""

    def __init__(self, content: Content) -> None:
        self.items: Mapping[str, ItemLine] = MappingProxyType({line.code: line for line in content.items})
        self.kinds: Mapping[AppealKind, Limits] = MappingProxyType(dict(content.kinds))

    def limits(self, item_code: str | None, condition_no: int | None, kind: AppealKind | None) -> Limits:
        """How long each stage of a matter may take.

        The condition's own limits come first; a matter without a condition yet runs on its item's usual
        (first) condition, unless it is a question, a suggestion or thanks; what is still open is the limit of
        its kind (None counts as 其他). An item or a condition no longer listed leaves the limits of the kind:
        a matter never stops because the list moved on.
        """
        kind_or_other = kind or AppealKind.OTHER
        base = self.kinds.get(kind_or_other) or DEFAULTS[kind_or_other]
        chosen = self._condition(item_code, condition_no, kind)
        return resolve(base, chosen.sign, chosen.contact, chosen.handle) if chosen else base

    def condition_for(self, item_code: str, text: str) -> ConditionLine | None:
        """The condition that the words of an appeal speak for; None when they leave it at the usual one.

        Of several, the most dangerous wins, then the one more words speak for: a missing cover taken for a
        rattling one costs more than the other way round.
        """
        line = self.items.get(item_code)
        if line is None:
            return None
        plain = normal(text)
        said = {each: sum(_said(cue, plain) for cue in each.cues) for each in line.conditions}
        spoken = [each for each in line.conditions if said[each]]
        return max(spoken, key=lambda each: (each.danger, said[each], -each.number), default=None)

    def _condition(
        self, item_code: str | None, number: int | None, kind: AppealKind | None
    ) -> ConditionLine | None:
        line = self.items.get(item_code or "")
        if line is None:
            return None
        if number is not None:
            return line.condition(number)
        return line.conditions[0] if line.conditions and takes_usual_condition(kind) else None


def _said(cue: str, plain: str) -> bool:
    bare = normal(cue)
    return bool(bare) and bare in plain
