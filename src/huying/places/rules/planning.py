"""From drafts to what has to be written: codes given, parents found, changes told from repetitions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from huying.geo.shapes import label_point, to_geojson
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.rules.book import AreaBook, AreaRow
from huying.places.rules.digests import area_digest
from huying.places.rules.drafts import AreaDraft, Report
from huying.places.rules.levels import DIGITS, LEVELS, Level, level_of, next_code, parent_code, parent_level
from huying.places.rules.names import plain


@dataclass(frozen=True, slots=True)
class NewVersion:
    """One row to be written; ``geometry`` is GeoJSON. ``replaces`` says whether a version in force ends."""

    area: AreaRow
    geometry: Mapping[str, object] | None
    digest: str
    replaces: bool


@dataclass(slots=True)
class Plan:
    """Versions to write, codes to end without a successor, and the report on both."""

    versions: list[NewVersion]
    ended: list[str]
    report: Report


def plan(
    book: AreaBook,
    digests: Mapping[str, str],
    used: Collection[str],
    drafts: Iterable[AreaDraft],
    *,
    retire_missing: bool = False,
) -> Plan:
    """What importing the drafts means.

    ``book`` is what stands, ``digests`` the digest of each code in force, ``used`` every code ever given
    (a code that has been retired is never given to another area). With ``retire_missing`` areas of the
    drafts' levels that no draft names come to an end.
    """
    planner = _Planner(book, digests, set(used))
    ordered = sorted(drafts, key=lambda draft: LEVELS.index(draft.level))
    for draft in ordered:
        planner.take(draft)
    if retire_missing:
        planner.retire({draft.level for draft in ordered})
    return Plan(planner.versions, planner.ended, planner.report)


class _Planner:
    def __init__(self, book: AreaBook, digests: Mapping[str, str], used: set[str]) -> None:
        self.book, self.digests, self.used = book, digests, used
        self.versions: list[NewVersion] = []
        self.ended: list[str] = []
        self.report = Report()
        self._seen: set[str] = set()
        self._level: Level | None = None

    def take(self, draft: AreaDraft) -> None:
        """Decide one draft; a draft that cannot be used becomes a problem and the rest goes on."""
        if draft.level is not self._level:
            # Children look for their parents among what was just drawn, not only among what stood before.
            self._level = draft.level
            self._refresh()
        try:
            code = self._code(draft)
        except (Invalid, ValueError) as error:
            self.report.problems.append(f"{draft.name.strip() or '（无名称）'}：{error}")
            return
        self._seen.add(code)
        self._decide(code, draft)

    def _refresh(self) -> None:
        rows = dict(self.book.by_code)
        rows.update((version.area.code, version.area) for version in self.versions)
        self.book = AreaBook(self.book.district, self.book.name, rows.values(), self.book.city)

    def _code(self, draft: AreaDraft) -> str:
        if not plain(draft.name):
            raise Invalid("没有名称。")
        if draft.level is Level.DISTRICT:
            code = self.book.root
        elif draft.code:
            code = draft.code
        else:
            code = self._known_or_next(draft)
        if code in self._seen:
            raise Invalid(said("代码 %(code)s 在文件中重复。", code=code))
        if level_of(code) is not draft.level or not code.startswith(self.book.root):
            raise Invalid(said("代码 %(code)s 不是本区的%(level)s代码。", code=code, level=draft.level.zh))
        self.used.add(code)
        return code

    def _known_or_next(self, draft: AreaDraft) -> str:
        parent = draft.parent or self._parent(draft)
        known = self.book.find(draft.name, draft.level, parent)
        return known.code if known else next_code(parent, draft.level, self.used)

    def _parent(self, draft: AreaDraft) -> str:
        above = parent_level(draft.level)
        if above is Level.DISTRICT:
            return self.book.root
        if above is None or draft.outline is None:
            raise Invalid("不知道上级区域：请给出代码，或给出边界。")
        located = self.book.locate(*label_point(draft.outline))
        if located is None or len(located.code) < DIGITS[above]:
            raise Invalid(said("没有找到它所在的%(above)s，请先导入%(above)s。", above=above.zh))
        return located.code[: DIGITS[above]]

    def _decide(self, code: str, draft: AreaDraft) -> None:
        geometry = to_geojson(draft.outline) if draft.outline is not None else None
        parent = parent_code(code) if draft.level is not Level.DISTRICT else ""
        digest = area_digest(draft.name, parent, geometry)
        standing = self.digests.get(code)
        if standing == digest:
            self.report.unchanged += 1
            return
        lon, lat = label_point(draft.outline) if draft.outline is not None else (None, None)
        area = AreaRow(code, draft.level, draft.name, parent, lon, lat, draft.outline)
        self.versions.append(NewVersion(area, geometry, digest, replaces=standing is not None))
        (self.report.changed if standing else self.report.added).append(f"{code} {draft.name}")

    def retire(self, levels: Collection[Level]) -> None:
        """End the areas in force of these levels that no draft named."""
        for area in self.book.areas:
            if area.level in levels and area.code in self.digests and area.code not in self._seen:
                self.ended.append(area.code)
                self.report.retired.append(f"{area.code} {area.name}")
