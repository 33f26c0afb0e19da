"""The conversation's and the drafts' part of an erasure by law: that somebody wrote stays, what was said goes."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Q

from huying.cases.rules.erasing import Going, Gone
from huying.loop.dispose.models import Message, ReplyDraft


def erase(going: Going) -> Counter[Gone]:
    """Take away the words, photos and places of the conversations of cases that are erased whole."""
    rows = Message.objects.filter(district=going.district, case_id__in=going.whole)
    for photos in rows.values_list("photos", flat=True):
        going.paths.update(photos)
    # A draft speaks of the whole case: of one that others share it goes too, for nobody can tell whose words it took up.
    drafts = ReplyDraft.objects.filter(district=going.district, case_id__in=going.cases)
    drafts.update(reply="", result="", dropped_at=going.now)
    return Counter({Gone.TALK: rows.update(text="", photos=[], lon=None, lat=None)})


def held(district: int, paths: Collection[str]) -> set[str]:
    """Which of these files somebody still shows in a conversation."""
    asked = Q()
    for path in paths:
        asked |= Q(photos__contains=[path])
    rows = Message.objects.filter(asked, district=district) if paths else Message.objects.none()
    return {path for photos in rows.values_list("photos", flat=True) for path in photos} & set(paths)
