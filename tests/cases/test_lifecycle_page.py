"""The page on the lifecycle says what the table says."""

from huying.cases.lifecycle import TABLE, State, Verb
from huying.site.documents.lifecycle import PAGE, page


def test_the_page_in_docs_is_the_one_the_table_gives() -> None:
    """Stale? ``python -m huying.site.documents.lifecycle`` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_has_one_row_for_each_step_and_names_every_verb_and_state() -> None:
    text = page()
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == len(TABLE) + 2
    assert all(f"`{verb.value}`" in text for verb in Verb)
    assert all(f'state "{state.zh}" as {state.value}' in text for state in State)


def test_every_step_of_the_page_says_who_may_take_it() -> None:
    rows = [line.split(" | ") for line in page().splitlines() if line.startswith("| ")][2:]
    assert [cells for cells in rows if not cells[3].strip()] == []
