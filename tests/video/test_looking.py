"""Pictures: kept clean, shown coarse, opened with a reason, taken away; and what was found."""

import io
import struct
import zlib
from datetime import timedelta

import pytest
from PIL import Image

from huying.access.actor import Actor
from huying.annals.models import Change
from huying.cases.actions import advance
from huying.cases.lifecycle import CLOSED_STATES, State, Verb
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.models import Viewing
from huying.video.actions import alarm_apart, clear_old, judge, keep_pictures, open_pictures, remove_picture
from huying.video.actions.picturing import MOST
from huying.video.models import Opening, Snapshot, Told, VideoAlarm
from huying.video.queries import alarm_for, alarms_for, coarse_for, opened_until, path_for
from huying.video.rules.kinds import AlarmKind, AlarmVerdict, LookReason
from tests.cast import DISTRICT, MONDAY
from tests.video.conftest import Watch, after, notes
from tests.video.said import picture, shades

pytestmark = [pytest.mark.django_db, pytest.mark.database]
K = AlarmKind


def bomb() -> bytes:
    """A small file that says it is a hundred thousand pixels wide and high."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 300_001)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def placed() -> bytes:
    """A picture that carries where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "SecretMaker"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif.tobytes())


def only(watch: Watch) -> Snapshot:
    return Snapshot.objects.get()


def test_a_picture_is_written_anew_without_what_it_hid(watch: Watch) -> None:
    alarm = watch.see(K.FIRE).alarm_id
    assert b"SecretMaker" in placed()
    (kept,) = watch.shoot(alarm, placed())
    (file,) = watch.files()
    assert kept.id == only(watch).id
    assert b"SecretMaker" not in file.read_bytes()
    with Image.open(file) as stored:
        assert dict(stored.getexif()) == {}


@pytest.mark.parametrize("content", [
    b"", b"<html>", bomb(), b"\xff\xd8\xff\xe0" + b"\0" * 200, picture()[:400], b"%PDF-1.7", b"GIF89a" + b"\xff" * 30,
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
], ids=["empty", "html", "bomb", "torn", "cut", "pdf", "gif", "svg"])  # fmt: skip
def test_what_is_no_picture_is_told_and_hinders_nothing(watch: Watch, content: bytes) -> None:
    alarm = watch.see(K.FIRE).alarm_id
    wrong, right = watch.shoot(alarm, content, picture())
    assert wrong.id is None
    assert wrong.why
    assert right.id is not None
    assert len(watch.files()) == 1


def test_the_same_picture_is_kept_once_and_no_alarm_has_more_than_its_number(watch: Watch) -> None:
    alarm = watch.see(K.FIRE).alarm_id
    first, again = watch.shoot(alarm, picture(), picture())
    assert first == again
    found = watch.shoot(alarm, *(picture(shade=10 * n) for n in range(MOST + 2)))
    assert Snapshot.objects.count() == MOST
    assert [one.id is None for one in found] == [False] * (MOST - 1) + [True] * 3


def test_pictures_come_from_who_speaks_for_the_camera_and_soon(watch: Watch) -> None:
    alarm = watch.see(K.FIRE).alarm_id or 0
    with pytest.raises(NotFound):
        keep_pictures(watch.cast.handler, alarm, [picture()], MONDAY)
    with pytest.raises(NotFound):
        keep_pictures(watch.pusher, alarm, [picture()], MONDAY, "CAM-9")
    with pytest.raises(Denied):
        keep_pictures(watch.cast.seat, alarm, [picture()], MONDAY)
    with pytest.raises(Conflict):
        watch.shoot(alarm, minutes=61)
    assert not Snapshot.objects.exists()


def test_a_picture_that_comes_apart_finds_its_alarm(watch: Watch) -> None:
    from huying.video.rules.sighting import key_of

    named = watch.see(K.RUBBISH, key=key_of("webhook", "A-7")).alarm_id
    newest = watch.see(K.PARKING, 1).alarm_id
    assert alarm_apart(watch.pusher, "CAM-1", "A-7", after(2)) == named
    assert alarm_apart(watch.pusher, "CAM-1", "", after(2)) == newest
    for device, ref, minutes in (("CAM-1", "A-8", 2), ("CAM-1", "", 7), ("NONE", "", 2)):
        with pytest.raises(NotFound):
            alarm_apart(watch.pusher, device, ref, after(minutes))


def test_the_coarse_picture_is_all_there_is_until_somebody_says_why(watch: Watch) -> None:
    alarm = watch.see(K.FIRE).alarm_id or 0
    watch.shoot(alarm, picture(1920, 1080))
    row, by = only(watch), watch.cast.dispatcher
    with Image.open(io.BytesIO(coarse_for(by, alarm, row.id))) as shown:
        assert shades(shown) <= 24 * 24
    with pytest.raises(NotFound):
        path_for(by, alarm, row.id, MONDAY)
    assert not Viewing.objects.exists()
    with pytest.raises(Invalid):
        open_pictures(by, alarm, LookReason.OTHER, " ", MONDAY)
    until = open_pictures(by, alarm, LookReason.CHECK, "看有没有明火", MONDAY)
    assert until == MONDAY + timedelta(minutes=10)
    assert path_for(by, alarm, row.id, after(9)) == row.path
    seen = Viewing.objects.get()
    assert (seen.kind, seen.account_id, seen.reason) == ("unmask", by.account_id, "核实警情：看有没有明火")
    assert seen.case_id == VideoAlarm.objects.get().case_id
    with pytest.raises(NotFound):
        path_for(by, alarm, row.id, after(10))
    with pytest.raises(NotFound):
        path_for(watch.cast.seat, alarm, row.id, after(1))


@pytest.mark.parametrize("name", ["other_dispatcher", "outsider"])
def test_what_lies_elsewhere_does_not_exist(watch: Watch, name: str) -> None:
    alarm = watch.see(K.RUBBISH).alarm_id or 0
    watch.shoot(alarm)
    by: Actor = getattr(watch.cast, name)
    assert alarms_for(by) == []
    for act in (
        lambda: alarm_for(by, alarm),
        lambda: coarse_for(by, alarm, only(watch).id),
        lambda: open_pictures(by, alarm, LookReason.CHECK, "", MONDAY),
        lambda: judge(by, alarm, AlarmVerdict.FALSE, "", MONDAY),
    ):
        with pytest.raises(NotFound):
            act()
    assert not Opening.objects.exists()
    assert not Viewing.objects.exists()


@pytest.mark.parametrize("name", ["auditor", "supervisor", "administrator"])
def test_who_reads_may_not_open(watch: Watch, name: str) -> None:
    alarm = watch.see(K.FIRE).alarm_id or 0
    watch.shoot(alarm)
    by: Actor = getattr(watch.cast, name)
    before = Change.objects.count()
    for act in (
        lambda: open_pictures(by, alarm, LookReason.CHECK, "", MONDAY),
        lambda: path_for(by, alarm, only(watch).id, MONDAY),
        lambda: judge(by, alarm, AlarmVerdict.TRUE, "", MONDAY),
    ):
        with pytest.raises(Denied):
            act()
    assert (Opening.objects.count(), Viewing.objects.count(), Change.objects.count()) == (0, 0, before)


def test_who_handles_the_case_sees_what_it_is_about(watch: Watch) -> None:
    heard = watch.see(K.RUBBISH)
    case, by = (DISTRICT, heard.case_id or 0), watch.cast.dispatcher
    with pytest.raises(NotFound):
        alarm_for(watch.cast.handler, heard.alarm_id or 0)
    item = watch.case(heard.case_id).item
    advance(case, Verb.FILE, by=by, now=MONDAY, item=item or _some_item())
    advance(case, Verb.DISPATCH, by=by, now=MONDAY, body=watch.cast.urban)
    assert alarm_for(watch.cast.handler, heard.alarm_id or 0).id == heard.alarm_id
    assert alarms_for(watch.cast.handler) == [], "lists are of one's own area and cameras"


def _some_item() -> str:
    from huying.catalogue.queries import items_for_text

    return items_for_text(DISTRICT)[0].code


def test_a_false_alarm_ends_what_nobody_has_in_hand(watch: Watch) -> None:
    heard = watch.see(K.RUBBISH)
    by, alarm = watch.cast.dispatcher, heard.alarm_id or 0
    judge(by, alarm, AlarmVerdict.FALSE, "是临时堆放的建材", MONDAY)
    judge(by, alarm, AlarmVerdict.FALSE, "是临时堆放的建材", after(1))
    assert State(watch.case(heard.case_id).state) in CLOSED_STATES
    row = VideoAlarm.objects.get()
    assert (row.verdict, row.judged_by, row.judged_at) == ("false", by.name, MONDAY)
    assert Change.objects.filter(subject="video").count() == 1
    judge(by, alarm, AlarmVerdict.TRUE, "再看是垃圾", after(2))
    assert Change.objects.filter(subject="video").latest("id").before == {
        "结论": "误报",
        "理由": "是临时堆放的建材",
    }


def test_a_false_fire_is_told_to_who_leads_the_card(watch: Watch) -> None:
    heard = watch.see(K.FIRE)
    judge(watch.cast.dispatcher, heard.alarm_id or 0, AlarmVerdict.FALSE, "晚霞", MONDAY)
    assert "是误报：晚霞" in notes(heard.case_id)
    assert State(watch.case(heard.case_id).state) not in CLOSED_STATES


def test_a_picture_taken_away_is_gone_for_good_and_who_did_it_stays(watch: Watch) -> None:
    watch.stand("CAM-2")
    first, other = (watch.see(K.FIRE, code=code).alarm_id or 0 for code in ("CAM-1", "CAM-2"))
    watch.shoot(first)
    watch.shoot(other)
    own = Snapshot.objects.get(alarm_id=first)
    with pytest.raises(Denied):
        remove_picture(watch.cast.dispatcher, first, own.id, "拍到居民家", MONDAY)
    with pytest.raises(Invalid):
        remove_picture(watch.cast.administrator, first, own.id, " ", MONDAY)
    remove_picture(watch.cast.administrator, first, own.id, "拍到居民家", MONDAY)
    assert len(watch.files()) == 1, "another alarm shows the same picture"
    row = Snapshot.objects.get(alarm_id=first)
    assert (row.removed_by, row.removed_why, row.fields) == ("高敏", "拍到居民家", None)
    with pytest.raises(NotFound):
        coarse_for(watch.cast.dispatcher, first, own.id)
    remove_picture(watch.cast.administrator, other, Snapshot.objects.get(alarm_id=other).id, "同上", MONDAY)
    assert watch.files() == []


def test_pictures_go_when_their_time_is_over_and_nobody_works_on_it(watch: Watch) -> None:
    going, over, young = (
        watch.see(K.RUBBISH),
        watch.see(K.MOTION, words="粤B12345"),
        watch.see(K.COUNT, 60 * 24 * 20),
    )
    for number, heard in enumerate((going, over)):
        watch.shoot(heard.alarm_id, picture(shade=20 + 60 * number))
    watch.shoot(young.alarm_id, picture(shade=200), minutes=60 * 24 * 20)
    assert clear_old(DISTRICT, MONDAY + timedelta(days=29)) == 0
    assert clear_old(DISTRICT, MONDAY + timedelta(days=31)) == 1
    assert clear_old(DISTRICT, MONDAY + timedelta(days=31)) == 0
    assert len(watch.files()) == 2
    row = VideoAlarm.objects.get(id=over.alarm_id)
    assert (row.words, row.cleared_at) == ("", MONDAY + timedelta(days=31))
    assert not Told.objects.filter(alarm_id=over.alarm_id).exists()
    assert Snapshot.objects.get(alarm_id=over.alarm_id).removed_why == "保留期满"
    advance(
        (DISTRICT, going.case_id or 0), Verb.ANSWER, by=watch.cast.dispatcher, now=after(9), reply="已清走。"
    )
    assert clear_old(DISTRICT, MONDAY + timedelta(days=32)) == 1


def test_a_district_keeps_a_kind_for_as_long_as_it_says(watch: Watch) -> None:
    watch.rule(K.MOTION, keep_days=2)
    watch.shoot(watch.see(K.MOTION).alarm_id)
    assert clear_old(DISTRICT, MONDAY + timedelta(days=3)) == 1
    assert opened_until(watch.cast.dispatcher, 1, MONDAY) is None
