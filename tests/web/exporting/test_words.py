"""What the audit says of how a list was asked for is read by people."""

from django.http import QueryDict

from huying.web.exporting.words import asked_words


def test_filters_and_their_values_are_said_in_words() -> None:
    assert asked_words(QueryDict("tab=handling&lamp=red&channel=web&area=990101001")) == (
        "页签 处置中，时限灯 已超时，来源 居民网页，区域 990101001"
    )


def test_what_is_empty_is_nothing_and_nothing_is_all_of_it() -> None:
    assert asked_words(QueryDict("q=&lamp=")) == "全部"


def test_what_was_typed_is_kept_as_it_was_typed() -> None:
    assert asked_words(QueryDict("q=closed&body=1&of=1")) == "查找 closed，单位 1，归属 是"


def test_of_a_callers_number_or_a_receipt_the_end_alone_is_kept() -> None:
    said = asked_words(
        QueryDict("q=13800136644 王女士 123456789012 990101-000006834 44030019900101123X 三号楼1502")
    )
    assert said == "查找 ****6644 王女士 ****9012 990101-000006834 ****123X 三号楼1502"
