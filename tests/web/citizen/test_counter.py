import pytest

from huying.web.citizen.counter import without_persons


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("陈女士您好，已办结。", "某女士您好，已办结。"),
        ("尊敬的欧阳先生：您好。", "某先生：您好。"),
        ("已转告，王先生，电话 13812346677。", "已转告，某先生，电话 ****。"),
        ("身份证 11010119900307123X 已核对", "身份证 **** 已核对"),
        ("处理了 120 米护栏，编号 44031。", "处理了 120 米护栏，编号 44031。"),
    ],
)
def test_what_everybody_reads_names_nobody(written: str, read: str) -> None:
    assert without_persons(written) == read
