"""The heart's part of an erasure by law: words, places, photos and titles go, the chain with its digests stays."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from django.db.models import Q

from huying.access.actor import Actor, ActorKind
from huying.cases.actions.advance import advance_many
from huying.cases.actions.wording import keep_words
from huying.cases.lifecycle import Basis, Verb
from huying.cases.models import (
    Answer,
    Appeal,
    Attachment,
    Case,
    CaseAppeal,
    CaseSearch,
    Deed,
    Entry,
    Statement,
    Stumble,
)
from huying.cases.policy.moves import Move
from huying.cases.rules.erasing import ERASED, Going, Gone
from huying.cases.rules.titles import title_of


def erase(going: Going, by: Actor, basis: Basis) -> Counter[Gone]:
    """Write the entry of every case, in the officer's name, and take away what the appeals said.

    Raises Conflict for a case that is open or has a clock running, IllegalStep likewise; then nothing is written.
    """
    officer = replace(by, kind=ActorKind.SYSTEM)
    moves = [
        Move(case=(going.district, case_id), verb=Verb.ERASE, by=officer, facts={"basis": basis.value})
        for case_id in sorted(going.cases)
    ]
    advance_many(moves, going.now)
    gone = Counter({Gone.WORDS: _words(going), Gone.PHOTO: _photos(going)})
    _retry(going)
    rows = Appeal.objects.filter(district=going.district, id__in=going.appeals)
    gone[Gone.APPEAL] = rows.update(text="", salt=b"", place_text="", lon=None, lat=None, erased_at=going.now)
    Answer.objects.filter(district=going.district, appeal_id__in=going.appeals).delete()
    gone[Gone.TITLE] = _titles(going)
    gone[Gone.SEARCH] = CaseSearch.objects.filter(district=going.district, case_id__in=going.cases).count()
    keep_words(going.district, going.cases)
    return gone


def part(district: int, appeals: Collection[int], caller_id: int, nobody: int) -> None:
    """Lead from these appeals to nobody any more; the caller stays known by what else they said."""
    Appeal.objects.filter(district=district, id__in=appeals, caller_id=caller_id).update(caller_id=nobody)


def _words(going: Going) -> int:
    """Of a case that others share only what was said with these appeals goes."""
    rows = Statement.objects.filter(district=going.district, case_id__in=going.cases).exclude(text="")
    own = Entry.objects.filter(district=going.district, case_id__in=going.shared, appeal_id__in=going.appeals)
    mine = Q(case_id__in=going.whole)
    for case_id, seq in own.values_list("case_id", "seq"):
        mine |= Q(case_id=case_id, seq=seq)
    return rows.filter(mine).update(text="", salt=b"")


def _photos(going: Going) -> int:
    rows = Attachment.objects.filter(
        Q(case_id__in=going.whole) | Q(appeal_id__in=going.appeals), district=going.district
    )
    going.paths.update(rows.values_list("path", flat=True))
    return rows.delete()[0]


def _retry(going: Going) -> None:
    """A step asked for again is not answered from before, and what failed is not told with the words it failed on."""
    of = {"district": going.district, "case_id__in": going.cases}
    Deed.objects.filter(**of).delete()
    Stumble.objects.filter(**of).update(error="")


def _titles(going: Going) -> int:
    of = Case.objects.filter(district=going.district)
    done = of.filter(id__in=going.whole).update(title=ERASED, lon=None, lat=None, erased_at=going.now)
    for case_id in sorted(going.shared):
        links = CaseAppeal.objects.filter(district=going.district, case_id=case_id)
        left = Appeal.objects.filter(
            district=going.district, id__in=links.values("appeal_id"), erased_at=None
        )
        first = left.order_by("id")[0]
        of.filter(id=case_id).update(title=title_of(first.text), lon=first.lon, lat=first.lat)
    return done + len(going.shared)


def held(district: int, paths: Collection[str]) -> set[str]:
    """Which of these files are still a photo of some case."""
    rows = Attachment.objects.filter(district=district, path__in=paths)
    return set(rows.values_list("path", flat=True))
