"""会议和议事: meetings that take appeals, proposals, votes of households, the work that follows."""

from huying.api.v1.deliberation import kinds, meetings, proposals, voting, working

MODULES = (kinds, meetings, proposals, voting, working)
