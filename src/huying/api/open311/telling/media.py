"""Photos of cases, for keys that may see the case."""

import re
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import FileResponse

from huying.api.open311.door import Asked
from huying.cases.queries.photos import photos_for
from huying.kernel.errors import NotFound
from huying.kernel.numbers import parse_case_number

_NAME: Final = re.compile(r"(\d{6}-\d{9})-(\d{1,18})\.jpg")


def photo(ask: Asked, name: str) -> FileResponse:
    """One photo by the name under which a request told of it. Raises NotFound also for who may not see it."""
    parts = _NAME.fullmatch(name)
    if parts is None or ask.reader.actor is None:
        raise NotFound
    district, case_id = parse_case_number(parts[1])
    if district != ask.district:
        raise NotFound
    for each in photos_for(ask.reader.actor, district, case_id):
        path = Path(settings.MEDIA_ROOT) / each.path
        if each.id == int(parts[2]) and path.is_file():
            return FileResponse(
                path.open("rb"), content_type="image/jpeg", headers={"Cache-Control": "no-store"}
            )
    raise NotFound
