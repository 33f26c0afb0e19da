"""The keys under which everybody acts: one for each post, made here or brought along in a file."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from huying.access.actor import system
from huying.access.roles import Role
from huying.kernel.errors import Invalid
from huying.people.actions import create_key
from huying.people.queries import bodies
from huying.people.rules.codes import PER_MINUTE_MOST
from huying.simulate.living.script import ZONE, Script
from huying.simulate.stories import Who

Post = tuple[Role, str, str]
_LIVES_ON: Final = timedelta(days=2)
_OF_DISTRICT: Final = (
    Role.SEAT, Role.DISTRICT_DISPATCHER, Role.SUPERVISOR, Role.RULING_OFFICER, Role.EVALUATOR,
)  # fmt: skip
_OF_STREET: Final = (Role.STREET_DISPATCHER, Role.STREET_LEADER)


@dataclass(frozen=True, slots=True)
class Keyring:
    """Raw keys by post: role, area and the key of the unit, "" where the role has none."""

    keys: Mapping[Post, str]

    def of(self, who: Who) -> str | None:
        """The key of whoever holds the post; None where nobody does."""
        return self.keys.get((who.role, who.area, who.body)) if who.role is not None else None

    @property
    def seat(self) -> str:
        """The key that takes appeals in. Raises Invalid when there is none."""
        found = next((raw for (role, _, _), raw in self.keys.items() if role is Role.SEAT), None)
        if found is None:
            raise Invalid("密钥文件里没有坐席（seat）的密钥。")
        return found


def every_post(script: Script) -> Iterator[Post]:
    """The posts that somebody must hold: the watch, the streets' centres, every unit's members."""
    yield from ((role, script.land.code, "") for role in _OF_DISTRICT)
    yield from ((role, street.code, "") for street in script.land.of("street") for role in _OF_STREET)
    for unit in script.units:
        role = Role.COMMUNITY_STATION if unit.kind == "community" else Role.DEPARTMENT_HANDLER
        yield role, unit.area, unit.key


def issue(script: Script, posts: Iterable[Post], now: datetime) -> Keyring:
    """Make a key for each post in the database at hand; they end by themselves after two days.

    Raises Invalid when the district at hand is not the one of the script.
    """
    district = int(script.land.code)
    codes = {unit.key: unit.code for unit in script.units}
    ids = {body.code: body.id for body in bodies(district, now)}
    if not set(codes.values()) <= set(ids):
        raise Invalid("数据库里不是这个种子的演示区；请核对 --seed 和 --streets，或先运行 huying demo。")
    by, until = system(district), now + _LIVES_ON
    # Two runs shortly after one another have keys of their own: the same key twice would be a slip of the hand.
    run = f"{now.astimezone(ZONE):%m-%d %H:%M:%S}"
    return Keyring({
        (role, area, key): create_key(
            by, f"模拟 {run}：{role.zh}"[:60], role, area, now, body_id=ids[codes[key]] if key else None,
            expires_at=until, per_minute=PER_MINUTE_MOST,
        )[1]
        for role, area, key in posts
    })  # fmt: skip


def write_keys(ring: Keyring, path: Path) -> None:
    """Keep the keys in a file that only its owner may read."""
    rows = [
        {"role": role.value, "area": area, "unit": unit, "key": raw}
        for (role, area, unit), raw in ring.keys.items()
    ]
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump(rows, file, ensure_ascii=False, indent=1)


def read_keys(path: Path) -> Keyring:
    """The keys of a file written by ``write_keys``. Raises Invalid for anything else."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return Keyring({(Role(row["role"]), row["area"], row["unit"]): row["key"] for row in rows})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Invalid(f"读不了密钥文件 {path}：{error}") from error
