"""What the lists of meetings and proposals are asked for by their address."""

from datetime import datetime

from django.http import QueryDict

from huying.deliberation.queries.meetings import Wanted
from huying.deliberation.queries.proposals import Asked
from huying.deliberation.rules.kinds import Phase


def meetings_asked(query: QueryDict) -> Wanted:
    """What narrows the meetings; what is not understood does not."""
    return Wanted(query.get("kind", "")[:20], _digits(query.get("area", "")), query.get("q", "").strip()[:60])


def proposals_asked(query: QueryDict) -> Asked:
    """What narrows the proposals."""
    phase = query.get("phase", "")
    known = Phase(phase) if phase in set(Phase) else None
    return Asked(known, _digits(query.get("area", "")), query.get("q", "").strip()[:60])


def moment_of(query: QueryDict) -> tuple[datetime, int] | None:
    """Below which meeting a page begins, from its address; None for the first."""
    at, _sign, number = query.get("before", "").partition("~")
    if not number.isdecimal() or len(number) > 18:
        return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, int(number)) if moment.tzinfo else None


def _digits(code: str) -> str:
    return code if code.isdecimal() and len(code) <= 15 else ""
