"""The ledger made public: published roots, proofs and bundles that anybody can check; one changed byte is named."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.cases.actions import NewAppeal, Receipt, advance, receive
from huying.cases.actions.roots import publish_due, publish_root
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case, DayRoot, Statement
from huying.cases.queries.proofs.bundles import bundle_for, is_small
from huying.cases.queries.proofs.files import proof_of_appeal
from huying.cases.queries.proofs.keys import public_keys, signs_with
from huying.cases.queries.proofs.published import published_days, roots_file
from huying.cases.queries.settings.timing import forget_timing
from huying.cases.rules.bundles import check, pack
from huying.cases.rules.holding import held
from huying.kernel.digest import canonical
from huying.kernel.errors import Denied, Invalid, NotFound
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = timedelta(days=1)
sys.path.insert(0, str(EXAMPLES))
import ed25519  # noqa: E402
import verify_bundle  # noqa: E402
import verify_ledger  # noqa: E402

JSON = dict[str, Any]
DAMAGED = (LookupError, TypeError, ValueError, AttributeError)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Committed step by step: what may still be rolled back belongs to no root."""
    forget_timing()
    return gather()


@pytest.fixture
def told(cast: Cast, appeal: Receipt, with_handler: Case) -> tuple[JSON, JSON]:
    """(proof, roots) of a case of three days among others, of which two are published."""
    others = [NewAppeal(text=f"别的事 {n}", channel="web", area=GRID) for n in range(6)]
    receive(DISTRICT, others, by=cast.system, now=MONDAY + timedelta(hours=1))
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.NOTE, by=cast.handler, now=MONDAY + DAY, progress="已到现场")
    receive(DISTRICT, [NewAppeal(text="又一件", channel="web")], by=cast.system, now=MONDAY + DAY)
    publish_due(DISTRICT, MONDAY + 2 * DAY)
    advance(ref, Verb.NOTE, by=cast.handler, now=MONDAY + 2 * DAY, progress="明天完工")
    proof = proof_of_appeal(DISTRICT, appeal.appeal_id, MONDAY + 2 * DAY)
    return _read(canonical(proof)), _read(canonical(roots_file(DISTRICT, published_days(DISTRICT))))


def _read(text: bytes) -> Any:
    return json.loads(text)


def test_both_readers_find_that_it_holds(told: tuple[JSON, JSON]) -> None:
    proof, roots = told
    assert held(proof, roots) == (5, 6)
    assert verify_ledger.verify(proof, roots) == "相符：5 步由公布的总摘要证实，共 6 步。\n"


def test_the_script_needs_python_alone(told: tuple[JSON, JSON], tmp_path: Path) -> None:
    for name, file in zip(("proof.json", "roots.json"), told, strict=True):
        (tmp_path / name).write_bytes(canonical(file))
    command = [sys.executable, "-I", "-S", str(EXAMPLES / "verify_ledger.py"), "proof.json", "roots.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "proof.json").write_bytes(canonical(told[0]).replace(b'"seq":3', b'"seq":4'))
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "第 3 步：记载被改动" in done.stderr


def test_scripts_are_short_and_import_nothing_of_ours() -> None:
    for path in EXAMPLES.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 50, path
        assert "import huying" not in text
        assert "from huying" not in text


def test_any_changed_byte_of_proof_or_roots_is_found(told: tuple[JSON, JSON]) -> None:
    files = [canonical(file) for file in told]

    @settings(max_examples=400, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 1), st.data())
    def changed(which: int, data: st.DataObject) -> None:
        text = bytearray(files[which])
        at = data.draw(st.integers(0, len(text) - 1))
        text[at] ^= data.draw(st.integers(1, 255))
        pair = list(files)
        pair[which] = bytes(text)
        for reader, wrong in ((verify_ledger.verify, DAMAGED), (held, (Invalid, ValueError))):
            with pytest.raises(wrong):
                reader(*(_read(each) for each in pair))

    changed()


def test_any_changed_byte_of_an_entry_names_its_step(told: tuple[JSON, JSON]) -> None:
    proof, roots = told

    @settings(max_examples=200, suppress_health_check=list(HealthCheck))
    @given(st.integers(1, 6), st.sampled_from(["content", "seal", "at", "label", "check"]), st.data())
    def changed(seq: int, name: str, data: st.DataObject) -> None:
        bad = _read(canonical(proof))
        entry = bad["cases"][0]["entries"][seq - 1]
        at = data.draw(st.integers(0, len(entry[name]) - 1))
        other = data.draw(st.characters(codec="ascii", exclude_characters=entry[name][at]))
        entry[name] = entry[name][:at] + other + entry[name][at + 1 :]
        with pytest.raises(Invalid, match=f"第 {seq} 步"):
            held(bad, roots)
        with pytest.raises(ValueError, match=f"第 {seq} 步"):
            verify_ledger.verify(bad, roots)

    changed()


def test_a_history_written_anew_and_sealed_anew_does_not_reach_the_published_root(
    cast: Cast, told: tuple[JSON, JSON], with_handler: Case, appeal: Receipt
) -> None:
    """Whoever owns the database and recomputes every digest is still found out by what was published."""
    proof, roots = told
    forged = _forged(proof, at=2)
    with pytest.raises(Invalid, match=r"第 4 步：与 2026-03-02 公布的总摘要不符"):
        held(forged, roots)
    with pytest.raises(ValueError, match=r"第 4 步：与 2026-03-02 公布的总摘要不符"):
        verify_ledger.verify(forged, roots)


def _forged(proof: JSON, at: int) -> JSON:
    bad = _read(canonical(proof))
    seal = bytes(32)
    for entry in bad["cases"][0]["entries"]:
        if entry["seq"] == at:
            entry["content"] = "ab" * 32
        seal = verify_ledger.digest(seal + bytes.fromhex(entry["content"]), "sha256")
        entry["seal"] = seal.hex()
        entry["check"] = verify_ledger.mark(entry, ("check",), "sha256").hex()
    bad["check"] = verify_ledger.mark(bad, ("check",), "sha256").hex()
    return bad


def test_a_day_published_anew_breaks_the_row_of_days(told: tuple[JSON, JSON]) -> None:
    proof, roots = told
    roots["days"][0]["root"] = "cd" * 32
    with pytest.raises(Invalid, match=r"第 1 行（2026-03-02）"):
        held(proof, roots)
    with pytest.raises(ValueError, match=r"第 1 行（2026-03-02）"):
        verify_ledger.verify(proof, roots)


def test_days_without_a_worker_are_made_up_for_in_order(cast: Cast, with_handler: Case) -> None:
    assert publish_due(DISTRICT, MONDAY) == 0
    assert publish_due(DISTRICT, MONDAY + 5 * DAY) == 5
    assert publish_due(DISTRICT, MONDAY + 5 * DAY) == 0
    assert [day.day for day in published_days(DISTRICT)] == [date(2026, 3, 2 + n) for n in range(5)]


def test_a_day_published_late_leaves_the_row_as_others_kept_it(cast: Cast, with_handler: Case) -> None:
    publish_root(DISTRICT, date(2026, 3, 3), MONDAY + 3 * DAY)
    kept = published_days(DISTRICT)
    publish_root(DISTRICT, date(2026, 3, 2), MONDAY + 4 * DAY)
    assert published_days(DISTRICT)[:1] == kept
    assert [day.place for day in published_days(DISTRICT)] == [1, 2]


def test_a_district_of_the_other_digest_is_proved_alike(
    cast: Cast, settings: Any, appeal: Receipt, with_handler: Case
) -> None:
    settings.HUYING_DIGEST = "sm3"
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.NOTE, by=cast.handler, now=MONDAY + timedelta(hours=2), progress="换了算法")
    publish_root(DISTRICT, date(2026, 3, 2), MONDAY + DAY)
    proof = _read(canonical(proof_of_appeal(DISTRICT, appeal.appeal_id, MONDAY + DAY)))
    roots = _read(canonical(roots_file(DISTRICT, published_days(DISTRICT))))
    assert {entry["algorithm"] for entry in proof["cases"][0]["entries"]} == {"sha256", "sm3"}
    assert held(proof, roots) == (5, 5)
    assert verify_ledger.verify(proof, roots).startswith("相符：5 步")


# What an auditor takes away.


@pytest.fixture
def bundle(cast: Cast, told: tuple[JSON, JSON], with_handler: Case) -> Callable[[], bytes]:
    def made() -> bytes:
        contents, about = bundle_for(cast.auditor, DISTRICT, with_handler.id, MONDAY + 2 * DAY)
        file = io.BytesIO()
        pack(file, contents, about, signs_with())
        return file.getvalue()

    return made


def _key() -> str:
    return public_keys()[0].hex


def _both(data: bytes, key: str | None = None) -> None:
    known = {public_keys()[0].id: key or _key()}
    check(io.BytesIO(data), known)
    verify_bundle.check(zipfile.ZipFile(io.BytesIO(data)), key or _key())


def test_a_bundle_is_checked_by_the_platform_and_by_the_script(bundle: Callable[[], bytes]) -> None:
    data = bundle()
    assert check(io.BytesIO(data), {public_keys()[0].id: _key()}) == (5, 6)
    _both(data)
    files = zipfile.ZipFile(io.BytesIO(data))
    words = json.loads(files.read("words.json"))
    assert {each["text"] for each in words} == {"春风路垃圾没人收，臭得很", "已到现场", "明天完工"}
    assert [each["body_name"] for each in json.loads(files.read("orders.json"))] == ["城市管理局"]


def test_a_bundle_signed_by_another_is_refused(bundle: Callable[[], bytes]) -> None:
    other = "ab" * 32
    with pytest.raises(Invalid, match="不是用已公布的公钥签的"):
        check(io.BytesIO(bundle()), {"0" * 16: other})
    with pytest.raises(ValueError, match=r"签名不符|不是曲线上的点"):
        verify_bundle.check(zipfile.ZipFile(io.BytesIO(bundle())), other)


def test_any_changed_byte_of_any_file_of_a_bundle_is_found(bundle: Callable[[], bytes]) -> None:
    whole = zipfile.ZipFile(io.BytesIO(bundle()))
    texts = {name: whole.read(name) for name in whole.namelist()}
    known = {public_keys()[0].id: _key()}

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(texts)), st.data())
    def changed(name: str, data: st.DataObject) -> None:
        bad = bytearray(texts[name])
        at = data.draw(st.integers(0, len(bad) - 1))
        bad[at] ^= data.draw(st.integers(1, 255))
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as written:
            for each, text in {**texts, name: bytes(bad)}.items():
                written.writestr(each, text)
        with pytest.raises(Invalid):
            check(file, known)

    changed()


def test_a_file_changed_inside_is_named_by_both(bundle: Callable[[], bytes]) -> None:
    whole = zipfile.ZipFile(io.BytesIO(bundle()))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for each in whole.namelist():
            written.writestr(each, whole.read(each).replace("已到现场".encode(), "从未到场".encode()))
    with pytest.raises(Invalid, match=r"words\.json 被改动"):
        check(file)
    with pytest.raises(ValueError, match=r"words\.json 被改动"):
        verify_bundle.check(zipfile.ZipFile(file), _key())


def test_what_was_erased_by_law_stays_erased_and_the_bundle_holds(
    cast: Cast, bundle: Callable[[], bytes], appeal: Receipt
) -> None:
    Appeal.objects.filter(id=appeal.appeal_id).update(text="", salt=b"", erased_at=MONDAY)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_statement SET text = '', salt = '' WHERE text = '已到现场'")
    data = bundle()
    _both(data)
    words = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("words.json"))
    assert sorted((each["text"], each["erased"]) for each in words) == [
        ("", True),
        ("", True),
        ("明天完工", False),
    ]
    assert not Statement.objects.filter(text="已到现场").exists()


def test_a_bundle_is_for_who_may_take_it(cast: Cast, with_handler: Case) -> None:
    for stranger in (cast.supervisor, cast.handler, cast.administrator):
        with pytest.raises(NotFound):
            is_small(stranger, DISTRICT, with_handler.id)
        with pytest.raises((NotFound, Denied)):
            bundle_for(stranger, DISTRICT, with_handler.id, MONDAY)
    assert is_small(cast.auditor, DISTRICT, with_handler.id)


def test_the_scripts_signature_check_agrees_with_the_library() -> None:
    """The vectors of RFC 8032, section 7.1, tests 1 to 3, and a spoilt one."""
    for key, message, signature in VECTORS:
        public, text, signed = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
        assert ed25519.signed(public, signed, text)
        assert not ed25519.signed(public, signed, text + b"x")
        assert not ed25519.signed(public, signed[:-1], text)


VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


def test_roots_are_read_by_anybody_and_hold_nothing_of_persons(told: tuple[JSON, JSON]) -> None:
    assert set(told[1]["days"][0]) == {"place", "day", "entries", "algorithm", "root", "published_at", "link"}
    assert DayRoot.objects.count() == len(told[1]["days"]) == 2
