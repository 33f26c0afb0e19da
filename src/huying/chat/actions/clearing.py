"""What is kept for a while goes after it: words after a month, half a conversation after a day."""

from datetime import datetime, timedelta
from typing import Final

from huying.chat.models import Message, Person, SmsStop, StaffCode
from huying.chat.rules.conversation import Stage
from huying.chat.rules.conversation.standing import FORGOTTEN_AFTER

WORDS_KEPT: Final = timedelta(days=30)
# Whoever never filed anything and wrote no more is known no longer.
PERSONS_KEPT: Final = timedelta(days=365)


def forget_old(district: int, now: datetime) -> set[str]:
    """Strike old words, half conversations, codes that ended, stops long taken back and persons long silent.

    The pictures of what went, for whoever knows what else shows them: one that was filed is its case's as well.
    """
    of = {"district": district}
    Person.objects.filter(last_at__lt=now - FORGOTTEN_AFTER, **of).exclude(stage=Stage.IDLE.value).update(
        stage=Stage.IDLE.value, talk_sealed=None
    )
    StaffCode.objects.filter(until__lt=now, **of).delete()
    SmsStop.objects.filter(until__lt=now - PERSONS_KEPT, **of).delete()
    silent = Person.objects.filter(
        last_at__lt=now - PERSONS_KEPT, caller_id__isnull=True, phone_caller_id__isnull=True, staff_id__isnull=True, **of
    )  # fmt: skip
    silent.delete()
    old = Message.objects.filter(at__lt=now - WORDS_KEPT, **of)
    kept = old.exclude(photos=[]).values_list("photos", flat=True)
    paths = {photo["path"] for photos in kept for photo in photos}
    old.delete()
    return paths
