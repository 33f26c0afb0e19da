"""公告: what an administrator tells everybody who works in the district, or those of one role."""

from datetime import datetime
from typing import Final

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.kernel.errors import Invalid
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.policy import must_edit
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import languages
from huying.texts.rules.occasions import Occasion

MOST_TITLE: Final = 60
MOST_WORDS: Final = 500


def announce(by: Actor, title: str, words: str, key: str, now: datetime, role: Role | None = None) -> int:
    """Tell staff; how many people. Sent twice under one ``key`` it stands once. Raises Denied, Invalid."""
    must_edit(by)
    title, words = " ".join(title.split()), words.replace("\x00", "").strip()
    wrong = {}
    if not 0 < len(title) <= MOST_TITLE:
        wrong["title"] = "请写标题，最多 60 字。"
    if not 0 < len(words) <= MOST_WORDS:
        wrong["words"] = "请写内容，最多 500 字。"
    if wrong:
        raise Invalid(fields=wrong)
    posts = [post for post in posts_held(by.district, now) if role is None or post.role is role]
    told = Happened(by.district, Occasion.ANNOUNCED, title=title, words=words, who=by.name)
    people = languages(posts)
    write_for_staff(by.district, [ToStaff(told, 0, now, people, once=f"said:{key[:40]}")], now)
    return len(people)
