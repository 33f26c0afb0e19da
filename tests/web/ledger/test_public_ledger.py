"""The ledger as everybody may read it, and a history checked by the reader's own device."""

import json
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.actions.roots import publish_due
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case
from huying.cases.queries.settings.timing import forget_timing
from huying.kernel import clock
from huying.longwork.models import LongWork
from huying.people.models import Viewing
from tests.cast import DISTRICT, STREET, Cast, gather
from tests.structure.tree import SOURCE
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
SCRIPT = SOURCE / "web" / "static" / "js"
TEXT = "春风路垃圾没人收，臭得很"
FEED = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cache.clear()
    forget_timing()
    return gather()


@pytest.fixture
def receipt(cast: Cast, client: Client) -> str:
    """Of a report handled on the day before yesterday, whose root is published."""
    answer = client.post("/report", {"key": "7f3a8a52-27a5-4f0b-9d5c-0c1f00000001", "text": TEXT})
    number = str(answer["Location"].rsplit("/", 1)[1])
    case = Case.objects.get()
    Case.objects.update(area=STREET)
    now = clock.now()
    advance((DISTRICT, case.id), Verb.FILE, by=cast.dispatcher, now=now, item="X1")
    advance((DISTRICT, case.id), Verb.DISPATCH, by=cast.dispatcher, now=now, body=cast.urban)
    publish_due(DISTRICT, now + timedelta(days=2))
    return number


def test_the_roots_are_a_page_a_feed_and_a_file_for_everybody(client: Client, receipt: str) -> None:
    page = Client().get("/ledger/").content.decode()
    roots = Client().get(f"/ledger/{DISTRICT}/roots.json")
    assert roots["Access-Control-Allow-Origin"] == "*"
    told = roots.json()
    assert told["format"] == "huying-roots/1"
    assert [day["entries"] for day in told["days"]] == [3, 0]
    for day in told["days"]:
        assert day["root"] in page
        assert day["link"] in page
    feed = Client().get("/ledger/feed.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(feed.content).findall(f"{FEED}entry")
    assert [told["days"][1]["root"] in (each.findtext(f"{FEED}summary") or "") for each in entries] == [
        True,
        False,
    ]
    assert TEXT not in page + feed.content.decode() + roots.content.decode()


def test_an_empty_district_says_what_will_appear(client: Client, cast: Cast) -> None:
    assert "还没有公布过总摘要" in client.get("/ledger/").content.decode()
    assert client.get(f"/ledger/{DISTRICT}/roots.json").json()["days"] == []
    assert client.get("/ledger/feed.atom").status_code == 200


@pytest.mark.parametrize(
    "address", ["/ledger/?district=1", "/ledger/feed.atom?district=x", "/ledger/7/roots.json"]
)
def test_no_such_district_is_not_found(client: Client, cast: Cast, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("at", ["-1", "x", "9" * 30, "0"])
def test_a_place_that_is_none_breaks_nothing(client: Client, receipt: str, at: str) -> None:
    assert client.get("/ledger/", {"at": at}).status_code == 200


def test_days_are_paged_and_read_in_few_queries(
    client: Client, receipt: str, django_assert_num_queries: Any
) -> None:
    publish_due(DISTRICT, clock.now() + timedelta(days=70))
    client.get("/ledger/")
    with django_assert_num_queries(2):
        page = client.get("/ledger/").content.decode()
    assert page.count('id="day-') == 30
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older
    second = client.get("/ledger/" + older[1].replace("&amp;", "&")).content.decode()
    assert second.count('id="day-') == 30
    assert not set(re.findall(r'id="day-\d+"', page)) & set(re.findall(r'id="day-\d+"', second))


def test_the_proof_is_for_the_holder_alone(client: Client, cast: Cast, receipt: str) -> None:
    Appeal.objects.update(caller_id=None)
    proof = client.get(f"/track/{receipt}/proof.json")
    assert proof.json()["format"] == "huying-proof/1"
    assert TEXT not in proof.content.decode()
    page = client.get(f"/track/{receipt}").content.decode()
    assert f"/track/{receipt}/proof.json" in page
    assert "data-proving" in page
    guarded = client.post(
        "/report",
        {"key": "7f3a8a52-27a5-4f0b-9d5c-0c1f00000002", "text": TEXT, "phone": "13812346677"},
    )["Location"].rsplit("/", 1)[1]
    assert client.get(f"/track/{guarded}/proof.json").status_code == 200
    assert Client().get(f"/track/{guarded}/proof.json").status_code == 404


def test_who_asks_for_proof_after_proof_is_told_to_wait(client: Client, receipt: str) -> None:
    answers = {client.get(f"/track/{receipt}/proof.json").status_code for _ in range(61)}
    assert answers == {200, 429}


# The reader's own device, in place of which Node runs the page's module.


def _reckoned(pairs: list[tuple[str, str]], folder: Path) -> list[Any]:
    """What the page's module says of each pair of texts (proof, roots): steps, or the part that is wrong."""
    (folder / "pairs.json").write_text(json.dumps(pairs))
    (folder / "run.mjs").write_text(
        f"""
        import {{ readFileSync }} from "node:fs";
        import {{ verify, Wrong }} from "{(folder / "js" / "ledger.js").as_uri()}";
        const told = [];
        for (const [proof, roots] of JSON.parse(readFileSync("pairs.json", "utf8"))) {{
          try {{ told.push(await verify(JSON.parse(proof), JSON.parse(roots))); }}
          catch (wrong) {{ told.push(wrong instanceof Wrong ? [wrong.part, wrong.seq] : ["broken", 0]); }}
        }}
        console.log(JSON.stringify(told));
        """
    )
    (folder / "js").mkdir(exist_ok=True)
    (folder / "js" / "package.json").write_text('{"type": "module"}')
    for name in ("ledger.js", "sm3.js"):
        (folder / "js" / name).write_text((SCRIPT / name).read_text())
    done = subprocess.run(
        ["node", "run.mjs"], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def _files(client: Client, receipt: str) -> tuple[str, str]:
    proof = client.get(f"/track/{receipt}/proof.json").content.decode()
    return proof, client.get(f"/ledger/{DISTRICT}/roots.json").content.decode()


def test_the_device_finds_that_it_holds(client: Client, receipt: str, tmp_path: Path) -> None:
    (steps,) = _reckoned([_files(client, receipt)], tmp_path)
    assert [(step["seq"], step["label"]) for step in steps] == [(1, "登记"), (2, "立案"), (3, "派单")]
    assert all(step["day"] for step in steps)


def test_the_device_finds_any_changed_byte_of_either_file(
    client: Client, receipt: str, tmp_path: Path
) -> None:
    files = _files(client, receipt)
    pairs: list[tuple[str, str]] = []

    @how(max_examples=500, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 1), st.data())
    def collect(which: int, data: st.DataObject) -> None:
        text = files[which]
        at = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(st.characters(codec="ascii", exclude_characters=text[at]))
        pair = list(files)
        pair[which] = text[:at] + other + text[at + 1 :]
        pairs.append((pair[0], pair[1]))

    collect()
    wrong = _reckoned(pairs, tmp_path)
    assert [pair for pair, told in zip(pairs, wrong, strict=True) if not isinstance(told[0], str)] == []


def test_the_device_names_the_step(client: Client, receipt: str, tmp_path: Path) -> None:
    proof, roots = _files(client, receipt)
    told = json.loads(proof)
    told["cases"][0]["entries"][1]["content"] = "ab" * 32
    assert _reckoned([(json.dumps(told), roots)], tmp_path) == [["entry", 2]]


def test_the_device_reckons_the_other_digest_too(
    client: Client, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.HUYING_DIGEST = "sm3"
    answer = client.post("/report", {"key": "7f3a8a52-27a5-4f0b-9d5c-0c1f00000003", "text": TEXT})
    publish_due(DISTRICT, clock.now() + timedelta(days=1))
    files = _files(client, answer["Location"].rsplit("/", 1)[1])
    assert '"algorithm":"sm3"' in files[0]
    (steps,) = _reckoned([files], tmp_path)
    assert [bool(step["day"]) for step in steps] == [True]


# What an auditor takes away.


def test_an_auditor_takes_the_bundle_and_the_audit_says_so(cast: Cast, receipt: str) -> None:
    case = Case.objects.get()
    auditor = desk(Role.AUDITOR, str(DISTRICT))
    number = re.findall(r'href="(/ledger/cases/[\d-]+/bundle)"', _page(auditor, case))
    answer = auditor.get(number[0])
    assert answer["Content-Type"] == "application/zip"
    assert answer.content[:2] == b"PK"
    seen = Viewing.objects.get(kind="export")
    assert (seen.what, seen.case_id) == ("案件存证包", case.id)


def test_a_long_history_is_bundled_behind_the_pages(
    cast: Cast, receipt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huying.cases.queries.proofs import bundles

    monkeypatch.setattr(bundles, "_SMALL", 2)
    auditor = desk(Role.AUDITOR, str(DISTRICT))
    address = re.findall(r'href="(/ledger/cases/[\d-]+/bundle)"', _page(auditor, Case.objects.get()))[0]
    answer = auditor.get(address)
    work = LongWork.objects.get()
    assert answer["Location"] == f"/account/work/{work.id}"
    assert (work.kind, work.name) == ("bundle", "案件存证包")


def test_who_may_not_take_it_leaves_no_trace(cast: Cast, receipt: str) -> None:
    case = Case.objects.get()
    for role in (Role.SUPERVISOR, Role.DISTRICT_DISPATCHER, Role.EVALUATOR):
        other = desk(role, str(DISTRICT))
        page = _page(other, case)
        assert "/bundle" not in page
        number = re.findall(r"/case/(\d[\d-]+)/", page)[0]
        assert other.get(f"/ledger/cases/{number}/bundle").status_code == 403
    assert not Viewing.objects.filter(kind="export").exists()


def test_a_case_that_is_none_is_not_found(cast: Cast, receipt: str) -> None:
    auditor = desk(Role.AUDITOR, str(DISTRICT))
    assert auditor.get("/ledger/cases/440310-20260302-000001/bundle").status_code == 404
    assert auditor.get("/ledger/cases/abc/bundle").status_code == 404
    assert not Viewing.objects.filter(kind="export").exists()


def _page(client: Client, case: Case) -> str:
    from huying.kernel.numbers import case_number

    return client.get(f"/case/{case_number(DISTRICT, case.id)}").content.decode()
