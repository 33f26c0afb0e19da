"""One English word and one Chinese word for each thing, the same in code and in the glossary."""

import re
from collections import Counter
from importlib import import_module

from huying.site.documents.glossary import MARK, PAGE, page, terms, title


def written() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    """Stale? ``python -m huying.site.documents.glossary`` writes the lists anew."""
    assert written() == page(written())


def test_every_term_of_the_code_stands_in_the_glossary_with_its_chinese() -> None:
    sections = {part.split("\n", 1)[0]: part for part in re.split(r"^(?=### )", written(), flags=re.M)}
    missing = [
        f"{title(enum)}: {member.value} {member.zh}"
        for enum in terms()
        for member in enum
        if f"| `{member.value}` | {member.zh} |" not in sections.get(title(enum), "")
    ]
    assert missing == []


def test_every_term_has_chinese_and_says_one_thing_within_its_list() -> None:
    for enum in terms():
        words = Counter(member.zh for member in enum)
        assert "" not in words, enum
        assert [word for word, times in words.items() if times > 1] == [], enum


def test_states_verbs_and_clocks_are_among_the_terms() -> None:
    """The walk through the code really finds them: an empty glossary would pass everything else."""
    names = {enum.__name__ for enum in terms()}
    assert {"State", "Verb", "ClockKind", "Permission", "Role", "Guard", "Channel", "BodyKind"} <= names


def test_the_concepts_written_by_hand_exist_in_the_code() -> None:
    by_hand = written().split(MARK)[0]
    names = re.findall(r"^\| `([A-Z][A-Za-z]+)` \|", by_hand, flags=re.M)
    models = import_module("huying.cases.models")
    rows = {
        "Appeal",
        "Case",
        "Order",
        "Entry",
        "Statement",
        "DayRoot",
        "Clock",
        "Pause",
        "Rung",
        "Dispute",
        "Delay",
    }
    assert rows <= set(names)
    assert all(hasattr(models, name) for name in rows)
    assert len(set(names)) == len(names)
