"""The emergencies' part of an erasure by law: what happened to the second stays, what was said and heard goes."""

from collections import Counter
from collections.abc import Collection
from typing import Final

from django.db.models import Q

from huying.cases.rules.erasing import Going, Gone
from huying.emergency.models import Emergency, Mark, Outside, Review
from huying.kernel.errors import Conflict

# Facts of the timeline that were given by somebody: a position that was not taken, the number of another service.
_TELLING: Final = frozenset({"dropped", "reference"})


def erase(going: Going) -> Counter[Gone]:
    """Take words, places, photos and recordings from the cards of whole cases. Raises Conflict for an open card."""
    cards = Emergency.objects.filter(district=going.district, case_id__in=going.cases)
    if cards.filter(over_at=None).exists():
        raise Conflict("这件案件的应急还没有解除，不能删除。")
    cards = cards.filter(case_id__in=going.whole)
    of = {"district": going.district, "emergency_id__in": list(cards.values_list("id", flat=True))}
    marks = Mark.objects.filter(**of)
    sounds = {path for path in marks.values_list("sound", flat=True) if path}
    photos = {path for path in marks.values_list("photo", flat=True) if path}
    going.paths.update(sounds | photos)
    marks.update(words="", photo="", sound="", lon=None, lat=None)
    for row in marks.filter(facts__has_any_keys=sorted(_TELLING)):
        row.facts = {name: said for name, said in row.facts.items() if name not in _TELLING}
        row.save(update_fields=["facts"])
    Outside.objects.filter(**of).update(reference="", words="")
    Review.objects.filter(**of).update(lessons="", measures="")
    told = cards.update(words="", place_text="", over_words="", lon=None, lat=None, device="", device_key="")
    return Counter({Gone.EMERGENCY: told, Gone.RECORDING: len(sounds), Gone.PHOTO: len(photos)})


def held(district: int, paths: Collection[str]) -> set[str]:
    """Which of these files still stand on a card's timeline."""
    rows = Mark.objects.filter(Q(photo__in=paths) | Q(sound__in=paths), district=district)
    return {path for pair in rows.values_list("photo", "sound") for path in pair if path}
