"""Every list that can be taken away, by its kind."""

from collections.abc import Mapping
from typing import Final

from huying.web.exporting import boards, cases, duty, house, records, waiting
from huying.web.exporting.listed import Listed

LISTS: Final[Mapping[str, Listed]] = {
    listed.take.kind: listed
    for module in (cases, waiting, boards, records, house, duty)
    for listed in module.LISTS
}
