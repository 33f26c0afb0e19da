"""The teams by area: who leads, how many there are, what is lacking, as a list and on the map."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.places.queries import AreaRow, Level, area_features, area_path, areas, children, district
from huying.teams.policy import may_see, scopes
from huying.teams.queries import GridTeam, teams_within
from huying.teams.rules.kinds import Part
from huying.web.components import MapPoint, MapView, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.present.places import scope_of
from huying.web.taking import TEAM_MEMBERS, TEAMS, address_of

_LISTS = ("grids", "short")
_COMMUNITY = 12
_BELOW = {6: Level.STREET, 9: Level.COMMUNITY, 12: Level.GRID}


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area: a grid with its team, or a wider one with what its grids have together."""

    area: AreaRow
    href: str
    grids: int
    whole: int
    leader: str
    counts: tuple[tuple[str, int], ...]
    lacks: str

    @property
    def short(self) -> int:
        return self.grids - self.whole


@guarded(P.TEAM_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The areas below ``?area=``; those with a grid whose team is not whole are marked.

    ``?of=grids`` lists every grid within instead, ``?of=short`` those whose team is not whole.
    """
    actor, within = request.actor, scope_of(request)[:12]
    teams = teams_within(actor, within, timezone.localdate(request.now))
    grids = _grids(actor, within)
    below = lines_within(actor, within, teams)
    of = request.GET.get("of", "")
    lines = lines_asked(actor, within, teams, of) if of in _LISTS else below
    gone = sorted(set(teams) - set(grids))
    context = {
        "lines": lines,
        "of_grids": of in _LISTS or len(within) == _COMMUNITY,
        "of": of if of in _LISTS else "",
        "within": within,
        "path": _path(request, within),
        "grids": len(grids),
        "short": sum(line.short for line in below),
        "people": sum(sum(team.counts.values()) for team in teams.values()),
        "gone": [(code, sum(teams[code].counts.values())) for code in gone],
        "map": _map(request, within, lines),
        "export": address_of(TEAMS, request),
        "export_members": address_of(TEAM_MEMBERS, request),
        "may_edit": actor.may(P.TEAM_EDIT),
        "may_kinds": actor.may_everywhere(P.TEAM_EDIT),
    }
    return render(request, "admin/teams/index.html", context)


def lines_within(actor: Actor, within: str, teams: dict[str, GridTeam]) -> list[AreaLine]:
    """The areas below one as far as the actor sees them: a post within one part of it sees that part."""
    below = areas(actor.district, Level.STREET) if len(within) == 6 else children(actor.district, within)
    grids = _grids(actor, within)
    return [_line(one, grids, teams) for one in below if may_see(actor, one.code)]


def lines_asked(actor: Actor, within: str, teams: dict[str, GridTeam], of: str) -> list[AreaLine]:
    """What ``?of=`` asks for: the grids themselves, whatever lies between; else the areas below."""
    if of not in _LISTS:
        return lines_within(actor, within, teams)
    known = [one for one in areas(actor.district, Level.GRID) if one.code.startswith(within)]
    lines = [_line(one, [one.code], teams) for one in known if may_see(actor, one.code)]
    return [line for line in lines if line.short or of != "short"]


def _grids(actor: Actor, within: str) -> list[str]:
    return [one.code for one in areas(actor.district, Level.GRID) if one.code.startswith(within)]


@guarded(P.TEAM_READ)
@require_GET
def shapes(request: StaffRequest) -> HttpResponse:
    """Outlines of the areas of the list, for the map."""
    within = scope_of(request)
    level = _BELOW.get(len(within), Level.GRID)
    response = JsonResponse(area_features(request.actor.district, level, scope=within))
    response["Cache-Control"] = "private, max-age=300"
    return response


def lacks_words(team: GridTeam) -> str:
    """缺 1 名网格长、1 名网格员; "" for a whole team."""
    missing = [_("%(n)d 名%(part)s") % {"n": n, "part": _(part.zh)} for part, n in team.lacks.items()]
    return _("缺 %(what)s") % {"what": "、".join(missing)} if missing else ""


def _line(one: AreaRow, grids: list[str], teams: dict[str, GridTeam]) -> AreaLine:
    inside = [teams.get(code, GridTeam()) for code in grids if code.startswith(one.code)]
    counts: Counter[Part] = Counter()
    for team in inside:
        counts.update(team.counts)
    grid = one.level is Level.GRID
    return AreaLine(
        one,
        reverse("teams:grid", args=[one.code]) if grid else f"{reverse('teams:index')}?area={one.code}",
        len(inside),
        sum(not team.lacks for team in inside),
        inside[0].leader if grid and inside else "",
        tuple((_(part.zh), counts[part]) for part in Part),
        lacks_words(inside[0]) if grid and inside else "",
    )


def _map(request: StaffRequest, within: str, lines: list[AreaLine]) -> MapView:
    points = [
        MapPoint(
            line.area.lon,
            line.area.lat,
            line.area.name,
            line.href,
            Tone.AMBER if line.short else Tone.ACCENT,
            line.lacks or (_("%(n)d 个网格不齐") % {"n": line.short} if line.short else _("齐")),
            mark="area",
        )
        for line in lines
        if line.area.lon is not None and line.area.lat is not None
    ]
    row = district(request.actor.district)
    first = points[len(points) // 2] if points else None
    centre = (first.lon, first.lat) if first else None
    if len(within) == 6 and row.lon is not None and row.lat is not None:
        centre = (row.lon, row.lat)
    source = f"{reverse('teams:shapes')}?area={within}"
    return MapView(
        "teams", _("队伍分布"), {"areas": source}, points, centre, 9.0 + len(within) / 3, fit="areas"
    )


def _path(request: StaffRequest, within: str) -> list[tuple[str, str]]:
    """(name, code) from the widest area of the reader's posts down to this one."""
    widest = min((len(one) for one in scopes(request.actor)), default=6)
    names = area_path(request.actor.district, within)
    steps = [(name, within[:length]) for name, length in zip(names, (6, 9, 12), strict=False)]
    return [(name, code) for name, code in steps if len(code) >= min(widest, len(within))]
