"""Files come in parts and go on where they stopped; what was damaged on the way begins anew."""

import os
from datetime import timedelta
from uuid import UUID

import pytest

from huying.kernel.errors import Denied, Invalid
from huying.patrol.actions import NotWhole, arrived, clear_old, keep_part, take_in
from huying.patrol.actions.uploads import MOST, PART
from huying.patrol.models import Find
from tests.patrol.conftest import Street, after, found, key, picture

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FILE = UUID(key("file"))


def test_parts_go_on_where_they_stopped(street: Street) -> None:
    by = street.worker
    assert arrived(by, FILE) == 0
    assert keep_part(by, FILE, 0, b"abc").bytes == 3
    again = keep_part(by, FILE, 0, b"abc")
    assert (again.bytes, again.taken) == (3, False)
    assert keep_part(by, FILE, 3, b"def").bytes == 6
    assert keep_part(by, FILE, 9, b"x").taken is False
    assert arrived(by, FILE) == 6
    # Another's file of the same name is another file.
    assert arrived(street.colleague, FILE) == 0


def test_a_find_whose_photo_is_not_whole_waits_and_the_damaged_one_begins_anew(street: Street) -> None:
    whole, damaged = street.sent("whole"), street.sent("damaged")
    keep_part(street.worker, UUID(damaged.id), len(picture("damaged")), b"more")
    new = found("find", files=[whole, damaged])
    with pytest.raises(NotWhole) as refused:
        take_in(street.worker, new, after(1))
    assert set(refused.value.fields) == {damaged.id}
    assert not Find.objects.exists()
    assert arrived(street.worker, UUID(damaged.id)) == 0
    street.sent("damaged")
    assert take_in(street.worker, new, after(2)).fresh
    assert arrived(street.worker, UUID(whole.id)) == 0


def test_what_is_too_large_or_not_theirs_is_refused(street: Street) -> None:
    for offset, part in ((0, b""), (0, b"x" * (PART + 1)), (MOST, b"x"), (-1, b"x")):
        with pytest.raises(Invalid):
            keep_part(street.worker, FILE, offset, part)
    with pytest.raises(Denied):
        keep_part(street.cast.handler, FILE, 0, b"x")
    assert arrived(street.worker, FILE) == 0


def test_what_nobody_used_within_a_week_goes(street: Street, settings: object) -> None:
    keep_part(street.worker, FILE, 0, b"abc")
    keep_part(street.worker, UUID(key("young")), 0, b"abc")
    root = settings.MEDIA_ROOT / "patrol-waiting"  # type: ignore[attr-defined]
    (old,) = root.rglob(str(FILE))
    (young,) = root.rglob(key("young"))
    for path, days in ((old, 8), (young, 6)):
        at = (after(0) - timedelta(days=days)).timestamp()
        os.utime(path, (at, at))
    assert clear_old(after(0)) == 1
    assert (old.exists(), young.exists()) == (False, True)
