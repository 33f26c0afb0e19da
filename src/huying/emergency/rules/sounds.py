"""Voice messages as browsers record them, told by how the file begins and not by what it says of itself."""

from typing import Final

from huying.kernel.errors import Invalid

MOST_BYTES: Final = 5 * 1024 * 1024
#: Ending to media type: what is sent back with it.
TYPES: Final = {
    "webm": "audio/webm", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav", "mp3": "audio/mpeg",
}  # fmt: skip


def sound_kind(content: bytes) -> str:
    """The ending that fits: webm (Chromium, Firefox), m4a (Safari), ogg, wav, mp3. Raises Invalid."""
    if not content:
        raise Invalid("录音是空的，请再录一次。")
    if len(content) > MOST_BYTES:
        raise Invalid("录音太长，最多 5 MB。")
    if content.startswith(b"\x1aE\xdf\xa3"):
        return "webm"
    if content[4:8] == b"ftyp":
        return "m4a"
    if content.startswith(b"OggS"):
        return "ogg"
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return "wav"
    if content.startswith(b"ID3") or (content[0] == 0xFF and content[1:2] and content[1] & 0xE0 == 0xE0):
        return "mp3"
    raise Invalid("这个文件不是录音，或这种格式听不了。")
