"""Who hears of an emergency: responders, those on duty, posts that lead; by the ways of ``notices``."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from huying.emergency.models import Alert, Emergency, Responder
from huying.emergency.queries.duty import Level, leaders_near
from huying.emergency.queries.links import link_of
from huying.emergency.queries.phones import opened
from huying.emergency.rules.kinds import Answer
from huying.notices.actions.planning import ToPhone, ToStaff, write_for_phones, write_for_staff
from huying.notices.queries.wording import Happened
from huying.people.queries.reaching import languages_of
from huying.people.rules.phones import is_mobile
from huying.texts.rules.occasions import Occasion


def tell_alerted(card: Emergency, alerts: Sequence[Alert], now: datetime) -> None:
    """Call these responders: a message with their own link to each mobile, and in the page for who has an account."""
    rows = {
        row.id: row
        for row in Responder.objects.filter(
            district=card.district, id__in=[alert.responder_id for alert in alerts]
        )
    }
    languages = languages_of({row.account_id for row in rows.values() if row.account_id})
    phones, staff = [], []
    for alert in alerts:
        row = rows[alert.responder_id]
        link = reverse("respond:alert", args=[link_of(card.district, alert.id)])
        told = _happened(card, Occasion.RESPOND, _where(card), count=alert.metres, path=link)
        phone = opened(card.district, row.phone_sealed)
        if is_mobile(phone):
            phones.append(ToPhone(told, phone, f"em:{card.id}:{alert.id}"))
        if row.account_id is not None and row.account_id in languages:
            people = {row.account_id: languages[row.account_id]}
            staff.append(
                ToStaff(told, 0, now, people, urgent=True, outside=False, once=f"em:{card.id}:{alert.id}")
            )
    write_for_phones(card.district, phones, now)
    write_for_staff(card.district, staff, now)


def tell_opened(card: Emergency, now: datetime) -> None:
    """Tell whoever may lead nearest to it that a card was opened; not whoever opened it."""
    people = leaders_near(card.district, card.area, now)
    people = {account: lang for account, lang in people.items() if account != card.opened_by_account}
    told = _happened(card, Occasion.EMERGENCY, _where(card), path=card_link(card))
    write_for_staff(
        card.district, [ToStaff(told, 0, now, people, urgent=True, once=f"em:{card.id}:opened")], now
    )


def tell_level(card: Emergency, level: Level, words: str, now: datetime) -> None:
    """Ask a level of duty to take over: in their pages, and by message on the phones of who is on duty."""
    told = _happened(card, Occasion.HANDED_OVER, words, path=card_link(card))
    once = f"em:{card.id}:hand:{level.area}"
    write_for_staff(card.district, [ToStaff(told, 0, now, level.accounts, urgent=True, once=once)], now)
    phones = [phone for phone in level.phones if is_mobile(phone)]
    write_for_phones(
        card.district, [ToPhone(told, phone, f"{once}:{place}") for place, phone in enumerate(phones)], now
    )


def tell_over(card: Emergency, now: datetime) -> None:
    """Tell whoever was alerted and might still come, or has come, that nobody is needed any more."""
    alerts = Alert.objects.filter(
        district=card.district, emergency_id=card.id, answer__in=["", Answer.ACCEPTED.value]
    )
    rows = {
        row.id: row
        for row in Responder.objects.filter(
            district=card.district, id__in=[one.responder_id for one in alerts], left_at=None
        )
    }
    phones = []
    for alert in alerts:
        row = rows.get(alert.responder_id)
        phone = opened(card.district, row.phone_sealed) if row else ""
        if is_mobile(phone):
            link = reverse("respond:alert", args=[link_of(card.district, alert.id)])
            told = _happened(card, Occasion.STOOD_DOWN, card.over_words, path=link)
            phones.append(ToPhone(told, phone, f"em:{card.id}:{alert.id}:over"))
    write_for_phones(card.district, phones, now)


def card_link(card: Emergency) -> str:
    """The path of the card's page."""
    return reverse("emergency:card", args=[card.id])


def _where(card: Emergency) -> str:
    return card.place_text or card.words[:60]


def _happened(card: Emergency, occasion: Occasion, words: str, *, count: int = 0, path: str = "") -> Happened:
    return Happened(
        card.district, occasion, card.case_id, title=card.plan["name"], area=card.area, words=words,
        who=card.opened_by, count=count, path=path,
    )  # fmt: skip
