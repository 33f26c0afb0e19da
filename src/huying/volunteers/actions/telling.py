"""Who hears of a muster: those it is for, by the ways callers are told, in their quiet hours and if they want it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import translation

from huying.kernel.saying import said
from huying.notices.actions.planning import ToCaller, ToStaff, write_for_callers, write_for_staff
from huying.notices.queries.residents import resident_choices
from huying.notices.queries.wording import Happened, moment_words
from huying.people.queries.reaching import languages_of
from huying.places.queries import area_name
from huying.texts.rules.occasions import Occasion, Placeholder
from huying.texts.rules.starter import CHINESE
from huying.volunteers.models import Muster, Volunteer
from huying.volunteers.queries.links import link_of
from huying.volunteers.rules.crediting import hours

_FULL = said("人已报满，名单在召集页上")
_UNSETTLED = said("已经结束，时长还没有核定")


def tell_called(muster: Muster, volunteers: Sequence[int], now: datetime) -> None:
    """Call them: what, when, where, and a link of their own."""
    words = f"{_when(muster, now)}，{_where(muster)}，要 {muster.quota} 人，点开就能报名"
    _tell(muster, volunteers, words, "called", now)


def tell_called_up(muster: Muster, volunteers: Sequence[int], now: datetime) -> None:
    """Who waited has a place now."""
    words = f"您候补上了，{_when(muster, now)}请到场，去不了请点开退出"
    _tell(muster, volunteers, words, f"up:{now.timestamp():.0f}", now)


def tell_cancelled(muster: Muster, volunteers: Sequence[int], now: datetime) -> None:
    """It will not be."""
    _tell(muster, volunteers, f"已取消，不用来了。{muster.cancelled_why}", "cancelled", now)


def tell_thanks(muster: Muster, credited: Sequence[tuple[int, int]], now: datetime) -> None:
    """Thank each for what they gave; pairs of volunteer and minutes."""
    for minutes in sorted({given for _who, given in credited}):
        who = [one for one, given in credited if given == minutes]
        _tell(muster, who, f"谢谢您，记入服务时长 {hours(minutes)} 小时", "thanks", now)


def tell_soon(muster: Muster, volunteers: Sequence[int], now: datetime) -> None:
    """It is soon."""
    words = f"{_when(muster, now)}，{_where(muster)}，别忘了。去不了请点开退出"
    _tell(muster, volunteers, words, "soon", now)


def tell_full(muster: Muster, now: datetime) -> None:
    """Tell who called that the last place was taken."""
    _tell_caller(muster, _FULL, "full", now)


def tell_unsettled(muster: Muster, now: datetime) -> None:
    """Tell who called that hours are to be settled."""
    _tell_caller(muster, _UNSETTLED, "unsettled", now)


def _when(muster: Muster, now: datetime) -> str:
    """When it begins, in the language of the messages, whoever called."""
    with translation.override(CHINESE):
        return moment_words(muster.starts_at, now)


def _where(muster: Muster) -> str:
    return muster.place_text or area_name(muster.district, muster.area)


def _tell_caller(muster: Muster, term: str, what: str, now: datetime) -> None:
    people = languages_of([muster.made_by_account] if muster.made_by_account else [])
    told = Happened(
        muster.district, Occasion.MUSTERED, title=muster.title, area=muster.area,
        path=reverse("volunteers:muster", args=[muster.id]), terms={Placeholder.WORDS: term},
    )  # fmt: skip
    news = ToStaff(told, 0, now, people, once=f"muster:{muster.id}:{what}")
    write_for_staff(muster.district, [news] if people else [], now)


def _tell(muster: Muster, volunteers: Sequence[int], words: str, what: str, now: datetime) -> None:
    """In the caller's transaction; the same news of a muster is told to each once."""
    if not volunteers:
        return
    rows = Volunteer.objects.filter(district=muster.district, id__in=list(volunteers), left_at=None)
    found = []
    for number, caller in rows.order_by("id").values_list("id", "caller_id"):
        link = reverse("volunteer:called", args=[link_of(muster.district, muster.id, number)])
        told = Happened(
            muster.district, Occasion.MUSTERED, title=muster.title, area=muster.area, words=words, path=link
        )
        found.append(ToCaller(told, 0, caller, f"muster:{muster.id}:{what}"))
    write_for_callers(muster.district, found, resident_choices(muster.district), now)
