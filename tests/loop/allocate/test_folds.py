from huying.loop.allocate.rules.words.folds import folds, nearly_same, same

TEXTS = [
    "小区门口的路灯坏了三天没有人来修", "小区 门口 路灯 坏 三天 没有 人 修", "小区门口的路灯坏了三天了还是没有人来修理",
    "楼下工地半夜打桩吵得睡不着", "楼下工地 半夜打桩吵得睡不着", "学校食堂的饭菜不新鲜",
]  # fmt: skip


def test_the_same_is_the_same_whatever_its_spaces() -> None:
    groups = same(TEXTS).tolist()
    assert groups[3] == groups[4]
    assert len(set(groups)) == 5


def test_a_message_sent_again_with_changes_is_nearly_the_same() -> None:
    groups = nearly_same(TEXTS).tolist()
    assert groups[0] == groups[1] == groups[2]
    assert groups[3] == groups[4]
    assert len(set(groups)) == 3


def test_no_group_is_split_and_everything_is_asked_once() -> None:
    labels, groups = ["a", "b"] * 10, [number // 2 for number in range(20)]
    asked = []
    for known, part in folds(labels, groups, 5):
        assert not {groups[at] for at in known} & {groups[at] for at in part}
        asked += part.tolist()
    assert sorted(asked) == list(range(20))
