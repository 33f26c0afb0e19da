"""What many say of one place within days, and what comes back to one place for months, scripted like the showcase."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib.resources import files

from huying.simulate.days import Ground
from huying.simulate.speech import Matter
from huying.simulate.stories.life import Life
from huying.simulate.stories.setting import Setting
from huying.simulate.stories.showcase import Scripted

# Beyond the numbers of the showcase's own cases.
_FIRST = 500
# One in so many writes, and says where on the map.
_SOME = 4


def outcry(
    seed: int, ground: Ground, matters: Sequence[Matter], setting: Setting, start: datetime, now: datetime
) -> Iterator[Life]:
    """The lives of ``outcry.toml`` between ``start`` and ``now``; matters the list lacks are left out."""
    text = files("huying.simulate.stories").joinpath("outcry.toml").read_text(encoding="utf-8")
    known = {matter.line.name: matter for matter in matters}
    number = _FIRST
    for place, told in enumerate(tomllib.loads(text)["outcry"]):
        for ago, said in told["texts"]:
            number += 1
            if told["about"] in known and now - timedelta(hours=ago) > start:
                channel = "web" if told.get("located") or number % _SOME == 0 else "hotline"
                script = {**told, "ago": ago, "text": said, "channel": channel, "spot": place}
                yield Scripted(seed, ground, known, setting, now, number, script).life()
