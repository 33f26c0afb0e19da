"""What the list of warnings is asked for by its address."""

from django.http import QueryDict

from huying.prevent.warnings.queries.lists import Wanted
from huying.prevent.warnings.rules.kinds import WarningState


def warnings_asked(query: QueryDict) -> Wanted:
    """What narrows the warnings; what is not understood does not."""
    state = query.get("state", "")
    return Wanted(
        state if state in set(WarningState) else "",
        _code(query.get("item", "")),
        _code(query.get("area", "")),
    )


def _code(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) <= 15 else ""
