"""Notices by WeCom, DingTalk and the other chats: an address is a district and a person of ``huying.chat``."""

from huying.chat.channels.adapter import Card
from huying.chat.channels.asking import Refused as NotTaken
from huying.chat.channels.asking import TokenOver
from huying.chat.channels.vendors import adapter_for
from huying.chat.queries.reaching import reached
from huying.kernel.clock import now
from huying.kernel.errors import Unavailable
from huying.notices.channels.letters import Letter, Refused


class Chat:
    """Sends by whichever account the person writes to. The address is ``district:person``."""

    def send(self, letter: Letter) -> None:
        district, _colon, person = letter.to.partition(":")
        found = reached(int(district), int(person))
        if found is None:
            raise Refused("对话渠道已停用，或对方已不在")
        account, to = found
        adapter, at = adapter_for(account), now()
        try:
            if letter.link and letter.for_staff:
                adapter.notify(to, Card(letter.title, letter.text, letter.link), at)
            else:
                adapter.send(to, letter.text, at)
        except NotTaken as no:
            raise Refused(str(no)) from no
        except TokenOver as over:
            raise Unavailable("令牌已失效") from over
