"""The codes that prove a phone, for the conversations below: each person of a chat is a visitor of their own."""

from huying.notices.channels.codes import check_code, send_code


class Codes:
    """What ``chat.actions.thinking.Doors`` asks for."""

    def send_code(self, phone: str, whose: str) -> str:
        """Send a code to a number; it goes to any, for whoever proves it may speak under it from now on."""
        return send_code(phone, whose, known=True)

    def check_code(self, challenge: str, phone: str, code: str) -> bool:
        """Whether the code is right."""
        return check_code(challenge, phone, code)
