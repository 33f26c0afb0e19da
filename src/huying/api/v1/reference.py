"""What others need to speak with us: units, areas, items, the lifecycle."""

from typing import Annotated, Any, Final

from django.http import HttpRequest
from ninja import Query, Router

from huying.access.permissions import Permission
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import AreaLine, BodyLine, ItemLine, Lifecycle
from huying.cases.lifecycle import FACTS, TABLE, State, Step
from huying.catalogue.queries import live_list, search_items
from huying.people.queries import bodies
from huying.places.queries import Level, areas, children

router = Router(tags=["基础数据"])
_MOST: Final = 50
_Parent = Annotated[str, Query(max_length=15, pattern=r"^\d*$", description="上级代码；只看其直属下级")]
_Words = Annotated[str, Query(max_length=60, description="按词检索，最多 50 项；空为全部")]


@router.get("/bodies", response=list[BodyLine], summary="单位")
def units(request: AskedRequest) -> Any:
    """The district's units active now."""
    must(request.actor, Permission.CASE_READ, Permission.CATALOGUE_READ)
    return list(bodies(request.actor.district, request.now))


@router.get("/areas", response=list[AreaLine], summary="区划和网格")
def places(
    request: AskedRequest,
    level: Level = Level.STREET,
    parent: _Parent = "",
) -> Any:
    """The areas in force of one level, or directly below one area."""
    must(request.actor, Permission.CASE_READ, Permission.CATALOGUE_READ)
    district = request.actor.district
    return children(district, parent) if parent else areas(district, level)


@router.get("/items", response=list[ItemLine], summary="职责清单事项")
def items(
    request: AskedRequest,
    q: _Words = "",
) -> Any:
    """The items of the list in force. 404 where the district has none."""
    must(request.actor, Permission.CATALOGUE_READ)
    held = live_list(request.actor.district).held.items
    if not q.strip():
        return list(held.values())
    return [found.item for found in search_items(request.actor.district, q, _MOST)]


@router.get("/lifecycle", auth=None, response=Lifecycle, summary="办理流程")
def lifecycle(request: HttpRequest) -> dict[str, Any]:
    """The table that everything follows, with the words for states and facts."""
    return {
        "states": {state.value: state.zh for state in State},
        "facts": [
            {
                "name": fact.name,
                "zh": fact.zh,
                "kind": fact.kind,
                "most": fact.most,
                "choices": list(fact.choices),
            }
            for fact in FACTS.values()
        ],
        "steps": [_step(step) for step in TABLE],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "verb": step.verb, "name": step.verb.zh, "outcome": step.outcome, "target": step.target, "part": step.part,
        "sources": sorted(step.sources), "permission": step.permission, "asks": list(step.asks),
        "takes": list(step.takes), "starts": sorted(step.starts), "stops": sorted(step.stops),
    }  # fmt: skip
