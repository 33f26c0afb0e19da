"""Which areas an actor may have divided anew, and how many grids they have today."""

from huying.access.actor import Actor
from huying.gridding.policy import may_plan
from huying.places.queries import Level, area_name, areas


def scopes_for(actor: Actor) -> list[tuple[str, str]]:
    """Code and name of the district, the streets and the communities within the actor's posts."""
    root = str(actor.district)
    found = [(root, area_name(actor.district, root))] if may_plan(actor, root) else []
    streets, communities = areas(actor.district, Level.STREET), areas(actor.district, Level.COMMUNITY)
    for one in sorted([*streets, *communities], key=lambda row: row.code):
        if may_plan(actor, one.code):
            found.append((one.code, area_name(actor.district, one.code)))
    return found


def today_count(actor: Actor, scope: str) -> int:
    """How many grids with an outline an area has."""
    grids = areas(actor.district, Level.GRID)
    return sum(grid.code.startswith(scope) and grid.outline is not None for grid in grids)
