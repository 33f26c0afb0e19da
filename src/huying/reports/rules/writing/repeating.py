"""五、反复诉求: the same at the same place again after it had been closed."""

from typing import Final

from huying.kernel.saying import said
from huying.reports.rules.doc import Block, Heading, Name, Num, Paragraph, Table, Value, number
from huying.reports.rules.facts import Again, Facts
from huying.reports.rules.kinds import this
from huying.reports.rules.links import MOST_CASES, cases

# How long after a closing the same at the same place counts as the same trouble again.
WITHIN_DAYS: Final = 90
MOST_LISTED: Final = 10


def repeating(facts: Facts) -> list[Block]:
    """The section."""
    head, told = Heading(said("反复诉求")), {"this": this(facts.kind), "days": WITHIN_DAYS}
    if not facts.again_places:
        words = said("%(this)s没有发现办结后 %(days)s 天内同一地点同类诉求再次发生。", **told)
        return [head, Paragraph([words])]
    words = said(
        "办结后 %(days)s 天内，同一地点同类诉求%(this)s再次发生的有 %(places)s 处、%(times)s 件。",
        **told, places=facts.again_places, times=all_times(facts),
    )  # fmt: skip
    shown = facts.again[:MOST_LISTED]
    rows: list[list[Value]] = [[Name(one.place), Name(one.item_name), times_of(one)] for one in shown]
    title = said("反复发生的地点") if len(shown) == facts.again_places else said("反复发生较多的地点")
    heads = [said("地点"), said("事项"), said("再次发生（件）")]
    return [head, Paragraph([words]), Table(title, heads, rows, texts=2)]


def times_of(one: Again) -> Num:
    """How often it came again, with the cases and those before them."""
    return number(one.times, cases(one.cases, one.before))


def all_times(facts: Facts) -> Num:
    """How often anything came again; opened only where all the cases are at hand."""
    shown = [each for one in facts.again for each in one.cases]
    whole = len(shown) == facts.again_times and len(shown) <= MOST_CASES
    return number(facts.again_times, cases(shown) if whole else None)
