"""A template of a reply with what is known of a case filled in, to be read and mended before it is sent (R307)."""

from huying.cases.queries.lists.queue import CaseLine
from huying.kernel.errors import NotFound
from huying.notices.queries.wording import Happened, filled_with
from huying.texts.queries import reply_templates
from huying.texts.rules.occasions import Occasion
from huying.texts.rules.starter import CHINESE


def filled_reply(line: CaseLine, name: str) -> str:
    """The template's text for this case. Raises NotFound where it is not offered for its item."""
    wording = dict(reply_templates(line.district, line.item)).get(name)
    if wording is None:
        raise NotFound
    told = Happened(
        line.district, Occasion.REPLIED, line.id, title=line.title, area=line.area, body_id=line.body_id
    )
    return filled_with(wording, told, CHINESE, "", line.opened_at, lines=True)[1]
