import gzip
import re

import pytest
from django.test import RequestFactory

from huying.web import stylesheet

FIRST_PAGE_BYTES = 100 * 1024


@pytest.mark.parametrize("name", stylesheet.BUNDLES)
def test_the_sources_of_every_bundle_exist_and_stand_in_layers(name: str) -> None:
    for source in stylesheet.sources(name):
        text = (stylesheet._FOLDER / f"{source}.css").read_text()
        outside = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).lstrip()
        assert outside.startswith("@layer"), source
        assert text.count("{") == text.count("}"), source


def test_no_source_is_left_without_a_bundle() -> None:
    written = {path.stem for path in stylesheet._FOLDER.glob("*.css")}
    assert written == {source for name in stylesheet.BUNDLES for source in stylesheet.sources(name)}


def test_the_digest_of_the_address_makes_the_answer_immutable() -> None:
    found = stylesheet.bundle("desk")
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip, br"})
    answer = stylesheet.stylesheet(request, "desk", found.digest)
    assert "immutable" in answer["Cache-Control"]
    assert gzip.decompress(answer.content) == found.plain


def test_an_old_address_is_still_answered_but_not_kept() -> None:
    answer = stylesheet.stylesheet(RequestFactory().get("/"), "desk", "0" * 12)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"
    assert "Content-Encoding" not in answer


def test_an_unknown_bundle_does_not_exist() -> None:
    assert stylesheet.stylesheet(RequestFactory().get("/"), "nothing", "0").status_code == 404


def test_what_a_resident_loads_first_is_light() -> None:
    scripts = stylesheet._FOLDER.parent / "js"
    wanted, seen = ["resident.js"], set()
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            wanted += re.findall(r'^import .* from "\./(.+?)";', (scripts / name).read_text(), re.MULTILINE)
    packed = sum(len(gzip.compress((scripts / name).read_bytes())) for name in seen)
    icons = len(gzip.compress((scripts.parent / "icons.svg").read_bytes()))
    assert len(stylesheet.bundle("resident").packed) + packed + icons < FIRST_PAGE_BYTES / 3
