"""Photos of cases, for keys that may see the case, and for whoever holds an address that such a key was told."""

import re
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import FileResponse

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.api.open311.door import Asked
from huying.api.open311.seals import key_behind
from huying.cases.queries.photos import photos_for
from huying.kernel.errors import NotFound
from huying.kernel.numbers import parse_case_number
from huying.people.queries.keys import actors_of_keys

_NAME: Final = re.compile(r"(\d{6}-\d{9})-(\d{1,18})\.jpg")


def photo(ask: Asked, name: str) -> FileResponse:
    """One photo by the name under which a request told of it. Raises NotFound also for who may not see it."""
    parts, actor = _NAME.fullmatch(name), ask.reader.actor or _behind(ask, name)
    if parts is None or actor is None:
        raise NotFound
    district, case_id = parse_case_number(parts[1])
    if district != ask.district:
        raise NotFound
    for each in photos_for(actor, district, case_id):
        path = Path(settings.MEDIA_ROOT) / each.path
        if each.id == int(parts[2]) and path.is_file():
            return FileResponse(
                path.open("rb"), content_type="image/jpeg", headers={"Cache-Control": "no-store"}
            )
    raise NotFound


def _behind(ask: Asked, name: str) -> Actor | None:
    """The outside system whose sealed address this is, as far as its key still reads cases."""
    key = key_behind(ask.district, name, ask.params.text("seal"), ask.now)
    actor = actors_of_keys(ask.district, [key], ask.now).get(key) if key is not None else None
    return actor if actor is not None and actor.may(Permission.CASE_READ) else None
