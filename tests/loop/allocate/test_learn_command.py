"""``huying learn item``: settled cases and files, learned while everything runs."""

import json
from pathlib import Path

import pytest

from huying.loop.allocate.models import ItemLesson
from huying.loop.allocate.queries import suggest_items
from huying.loop.allocate.queries.held import forget
from huying.site import cli
from tests.loop.allocate.town import COVER, DISTRICT, Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def test_a_labelled_file_is_learned_once_by_code_or_name(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = suggest_items(DISTRICT, ["路灯不亮"])[0][0].code
    path = tmp_path / "标注.csv"
    path.write_text(
        f"id,text,label\n1,会唱歌的铁圈子响个没完,{COVER}\n2,巷子黑洞洞,{name}\n3,什么也不是,没有的事项\n",
        "utf-8",
    )
    for _ in range(2):
        assert cli.main(["learn", "item", str(path), "--district", str(DISTRICT), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.split("}\n")[0] + "}")
    assert (told["lines_of_files"], told["lines_without_item"], told["held_out_by_time"]) == (2, 1, 0)
    assert ItemLesson.objects.filter(account_id=None).count() == 2
    forget(DISTRICT)
    assert suggest_items(DISTRICT, ["会唱歌的铁圈子响个没完"])[0][0].code == COVER


def test_a_file_that_is_not_there_is_said(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["learn", "item", "没有.csv", "--district", str(DISTRICT)]) == 1
    assert "没有.csv" in capsys.readouterr().err
    assert not ItemLesson.objects.exists()
