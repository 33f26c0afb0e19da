import pytest

from huying.cases.rules.replies import reply_faults

GOOD = "您好，接到反映后已到现场核查，垃圾已清运。"


def test_a_reply_that_says_what_was_found_and_done_may_go() -> None:
    assert reply_faults(GOOD, solved=True) == []


@pytest.mark.parametrize(
    ("reply", "solved", "word"),
    [
        ("已处理", True, "太短"),
        ("您好，情况如下，谢谢您的来电与支持。", True, "核实情况"),
        (GOOD, False, "后续安排"),
        (GOOD + "联系电话13812345678。", True, "手机号"),
        (GOOD + "身份证440301199001011234。", True, "身份证"),
    ],
)
def test_each_fault_is_named(reply: str, solved: bool, word: str) -> None:
    assert any(word in fault for fault in reply_faults(reply, solved=solved))


def test_an_unsolved_matter_needs_its_reason_and_what_follows() -> None:
    reply = "您好，经现场核实，因管线需迁改，预计六月底前完成施工，届时再告知您。"
    assert reply_faults(reply, solved=False) == []
