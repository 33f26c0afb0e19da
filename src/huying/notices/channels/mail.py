"""E-mail through a server of the house, by Django's own SMTP backend."""

import smtplib
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from huying.kernel.errors import Unavailable
from huying.kernel.saying import said
from huying.notices.channels.letters import Letter, Refused

_SECONDS: Final = 10
# Replies from here on say that the same message will never be taken (RFC 5321, 4.2.1).
_NEVER: Final = 500


@dataclass(frozen=True, slots=True)
class Mail:
    """``url`` is ``smtp://user:password@host:port``; ``smtps://`` speaks TLS from the start, ``smtp+tls://`` after
    STARTTLS. ``sender`` is the address messages come from.
    """

    url: str
    sender: str

    def send(self, letter: Letter) -> None:
        domain = self.sender.rpartition("@")[2].rstrip(">")
        message = EmailMessage(
            subject=letter.title,
            body=letter.text,
            from_email=self.sender,
            to=[letter.to],
            headers={"Message-ID": f"<{letter.id}@{domain}>", "Auto-Submitted": "auto-generated"},
            connection=self._connection(),
        )
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refused:
            self._answer(*next(iter(refused.recipients.values())))
        except smtplib.SMTPResponseException as answer:
            self._answer(answer.smtp_code, answer.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(said("邮件服务器没有回应：%(kind)s", kind=type(error).__name__)) from error

    def _connection(self) -> EmailBackend:
        parts = urlsplit(self.url)
        safe = parts.scheme == "smtps"
        return EmailBackend(
            host=parts.hostname or "localhost",
            port=parts.port or (465 if safe else 25),
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            use_ssl=safe,
            use_tls=parts.scheme == "smtp+tls",
            timeout=_SECONDS,
        )

    @staticmethod
    def _answer(code: int, told: bytes | str) -> None:
        words = told.decode(errors="replace") if isinstance(told, bytes) else told
        if code >= _NEVER:
            raise Refused(f"邮件服务器拒收：{code} {words[:120]}")
        raise Unavailable(said("邮件服务器暂不接收：%(code)s %(words)s", code=code, words=words[:120]))
