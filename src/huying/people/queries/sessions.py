"""Django's sessions, read with a fixed question: it is asked with every request of everybody."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.db import connection

from huying.people.models import Account

_ACCOUNT = tuple(field.attname for field in Account._meta.concrete_fields)
_READ = f"SELECT {', '.join(_ACCOUNT)} FROM people_account WHERE id = %s"


class SessionStore(db.SessionStore):
    """As Django's own; putting the question together cost it more than the answer."""

    def _get_session_from_db(self) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s",
                [self.session_key, datetime.now(UTC)],
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        return SimpleNamespace(session_data=row[0])


class AccountBackend(ModelBackend):
    """Whose session it is."""

    def get_user(self, user_id: int) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(_READ, [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        account = Account.from_db("default", _ACCOUNT, row)
        return account if self.user_can_authenticate(account) else None
