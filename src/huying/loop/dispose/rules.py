"""What may be said in a case's conversation, and in a draft of a reply."""

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

LONGEST = 1000
MOST_PHOTOS = 9
LONGEST_REPLY = 2000


def clean_words(text: str, photos: int) -> str:
    """The words without what nobody sees; a message is words, photos or both.

    Raises Invalid for nothing at all, for more than 1,000 characters or more than nine photos.
    """
    words = text.replace("\x00", "").strip()
    if not words and not photos:
        raise Invalid(fields={"text": "请写一句话，或附一张照片。"})
    if len(words) > LONGEST:
        raise Invalid(
            fields={"text": said("最多 %(most)s 字，现在 %(now)s 字。", most=LONGEST, now=len(words))}
        )
    if photos > MOST_PHOTOS:
        raise Invalid(fields={"photos": said("一次最多 %(most)s 张照片。", most=MOST_PHOTOS)})
    return words


def clean_reply(text: str, *, needed: bool = True) -> str:
    """The words of a draft without what nobody sees. Raises Invalid for none where some are needed, and for too many."""
    words = text.replace("\x00", "").strip()
    if needed and not words:
        raise Invalid(fields={"reply": "请写明答复。"})
    if len(words) > LONGEST_REPLY:
        raise Invalid(
            fields={"reply": said("最多 %(most)s 字，现在 %(now)s 字。", most=LONGEST_REPLY, now=len(words))}
        )
    return words
