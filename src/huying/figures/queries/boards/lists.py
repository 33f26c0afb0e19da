"""Who stands in which ranking, under which name and among whom: the same for a period that runs and one being closed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.access.roles import Role
from huying.figures.queries.boards.sums import scopes_counted
from huying.figures.rules.ranking import Ranked
from huying.kernel.errors import NotFound
from huying.loop.supervise.queries.naming import namer
from huying.loop.supervise.rules.cuts import Cut
from huying.people.queries import account_names, body, posts_held
from huying.people.rules.kinds import BodyKind
from huying.places.queries import area_path, area_words

_AREA_LEVELS: Final[Mapping[int, str]] = {9: "street", 12: "community", 15: "grid"}
_NOT_RANKED: Final = frozenset({BodyKind.STREET, BodyKind.COMMUNITY})
CUTS: Final[Mapping[Ranked, Cut]] = {
    Ranked.DEPARTMENTS: Cut.BODY, Ranked.STREETS: Cut.AREA, Ranked.COMMUNITIES: Cut.AREA, Ranked.GRIDS: Cut.GRID,
    Ranked.POSTS: Cut.POST, Ranked.WORKERS: Cut.POST,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """What a row is called, of which sort it is (unit's kind, area's level, post's role), and where it belongs."""

    name: str
    kind: str
    under: str = ""
    area: str = ""
    body_id: int | None = None


def scopes_of(district: int, kind: Ranked) -> list[str]:
    """The scopes in which the rows of a ranking of the whole district are counted."""
    if kind in {Ranked.COMMUNITIES, Ranked.GRIDS}:
        return scopes_counted(district, CUTS[kind].value, 9)
    return [str(district)]


def belongs(kind: Ranked, key: str, named: Named, role: str) -> bool:
    """Whether a row of the ranking's cut stands in the ranking."""
    match kind:
        case Ranked.DEPARTMENTS:
            return key != "0" and named.kind not in {one.value for one in _NOT_RANKED}
        case Ranked.POSTS:
            return named.kind == role
        case Ranked.WORKERS:
            return named.kind == Role.GRID_WORKER.value
        case _:
            return bool(key) and named.kind == {
                Ranked.STREETS: "street",
                Ranked.COMMUNITIES: "community",
            }.get(kind, "grid")


def ranked_among(cut: str, scope: str, key: str, named: Named, district: int) -> str:
    """Among which rows of the whole district a row is ranked; "" for none."""
    whole = str(district)
    if cut == Cut.BODY and scope == whole and belongs(Ranked.DEPARTMENTS, key, named, ""):
        return "departments"
    if cut == Cut.AREA and key and named.kind in {"street", "community"}:
        return named.kind
    if cut == Cut.GRID:
        return "grid"
    return f"post {named.kind}" if cut == Cut.POST and named.kind else ""


def naming(
    district: int, cut: Cut, keys: Collection[str] = (), at: datetime | None = None
) -> Callable[[str], Named]:
    """How rows of a cut are called, people by their posts at a moment, without a query for each."""
    if cut is Cut.POST and at is not None:
        return _people(district, keys, at)
    if cut in {Cut.AREA, Cut.GRID}:
        return lambda key: _area(district, key)
    call = namer(district, cut)
    if cut is Cut.BODY:
        return lambda key: Named(call(key), *_unit(district, key), body_id=int(key))
    return lambda key: Named(call(key), "")


def _unit(district: int, key: str) -> tuple[str]:
    try:
        return (body(district, int(key)).kind.value,)
    except NotFound:
        return ("",)


def _area(district: int, code: str) -> Named:
    if not code:
        return Named(namer(district, Cut.AREA)(""), "")
    path = area_path(district, code)
    above = area_words(district, code[:-3]) if len(code) > 9 else ""
    return Named(path[-1] if path else code, _AREA_LEVELS.get(len(code), ""), above, code)


def _people(district: int, keys: Collection[str], at: datetime) -> Callable[[str], Named]:
    ids = [int(key) for key in keys]
    names, posts = account_names(ids), posts_held(ids, at)

    def call(key: str) -> Named:
        held: Sequence[object] = posts.get(int(key), [])
        name = names.get(int(key), key)
        if not held:
            return Named(name, "")
        post = posts[int(key)][0]
        under = post.body_name or area_words(district, post.area)
        return Named(name, post.role.value, under, post.area, post.body_id)

    return call
