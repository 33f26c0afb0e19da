"""The exchange's part of an erasure by law: letters as they came and what persons put into letters."""

from collections import Counter

from huying.cases.rules.erasing import Going, Gone
from huying.exchange.models import Incoming, Linked, Mending, Outgoing
from huying.exchange.rules.kinds import InState, Way


def erase(going: Going) -> Counter[Gone]:
    """Strike what letters about these appeals said; that there were letters, when and about which number, stays."""
    links = list(Linked.objects.filter(district=going.district, appeal_id__in=going.appeals))
    of = Incoming.objects.filter(district=going.district)
    ids: set[int] = set()
    for link in links:
        found = of.filter(peer_id=link.peer_id, number=link.number, content_sealed__isnull=False)
        ids |= set(found.values_list("id", flat=True))
    gone = of.filter(id__in=ids).update(content_sealed=None, mended_sealed=None, reason="", pictures_at=None)
    of.filter(id__in=ids, state__in=[InState.WAITING, InState.PERSON]).update(
        state=InState.DROPPED.value, next_at=None
    )
    out = Outgoing.objects.filter(district=going.district, appeal_id__in=going.appeals)
    out.update(mended_sealed=None)
    for way, letters in ((Way.IN, ids), (Way.OUT, set(out.values_list("id", flat=True)))):
        mended = Mending.objects.filter(district=going.district, way=way.value, letter_id__in=letters)
        mended.update(before_sealed=None, why="")
    return Counter({Gone.LETTER: gone})
