"""What a restored ledger needs: a new server counts its transactions from the beginning, positions must not.

Positions are transaction numbers (``ledger_position``). On another server these begin small again, so that new
entries would stand before old ones and no handler would ever see them. Both functions of the ledger therefore end in
a number that is added, and that number is chosen anew after each restore.
"""

import re
from typing import Any, Final

from django.db import connection, transaction

_FUNCTIONS: Final = ("ledger_position()", "ledger_horizon()")
_ADDED: Final = re.compile(r"(?<=\+ )\d+(?=\s*[;$])")


def go_on_after_restore() -> int:
    """Let positions go on above all that the ledger and its followers know; the number that is now added.

    To be called as the owner of the functions, before anything is written to the restored ledger. It never makes
    the number smaller, so that calling it again changes nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest((SELECT max(position) FROM cases_entry), (SELECT max(position) FROM cases_cursor)), "
            "pg_current_xact_id()::text::bigint"
        )
        last, present = cursor.fetchone()
        texts = [_definition(cursor, name) for name in _FUNCTIONS]
        now_added = max(int(_ADDED.findall(text)[0]) for text in texts)
        added: int = max(now_added, (last or 0) + 1 - present)
        for text in texts:
            cursor.execute(_ADDED.sub(str(added), text))
    return added


def _definition(cursor: Any, name: str) -> str:
    cursor.execute("SELECT pg_get_functiondef(%s::regprocedure)", [name])
    text: str = cursor.fetchone()[0]
    if len(_ADDED.findall(text)) != 1:
        raise RuntimeError(f"{name} adds no number, or more than one")
    return text
