"""Figures of a row, reckoned when they are first asked for, or given back as they were kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from huying.figures.rules.formulas import Figure, Formula, reckon
from huying.figures.rules.measures import Measure


class Figures(Mapping[str, Figure]):
    """A row's figures by formula code: a board shows a few of many.

    ``kept`` are the values of a closed period, which are given back as they are; what they were reckoned from is told
    beside them.
    """

    def __init__(
        self,
        counts: Mapping[Measure, int],
        formulas: Sequence[Formula],
        kept: Mapping[str, str | None] | None = None,
    ) -> None:
        self._counts, self._formulas = counts, {formula.code: formula for formula in formulas}
        self._kept, self._known = kept, dict[str, Figure]()

    def __getitem__(self, code: str) -> Figure:
        if code not in self._known:
            found = reckon(self._formulas[code], self._counts)
            if self._kept is not None:
                value = self._kept.get(code)
                found = replace(found, value=None if value is None else Decimal(value))
            self._known[code] = found
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._formulas)

    def __len__(self) -> int:
        return len(self._formulas)
