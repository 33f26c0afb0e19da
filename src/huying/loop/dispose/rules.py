"""What may be said in a case's conversation."""

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

LONGEST = 1000
MOST_PHOTOS = 9


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
