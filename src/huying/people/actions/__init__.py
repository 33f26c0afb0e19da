"""The only writers of people and units."""

from huying.people.actions.accounts import (
    NewPost,
    create_account,
    create_post,
    end_post,
    reset_sign_in,
    set_active,
    set_language,
)
from huying.people.actions.bodies import (
    NewBearing,
    NewBody,
    add_aliases,
    close_body,
    create_bodies,
    create_body,
    set_bearings,
)
from huying.people.actions.callers import (
    PlainCaller,
    ensure_callers,
    erase_caller,
    look_up_caller,
    reseal_callers,
    set_id_number,
    unmask,
)
from huying.people.actions.factors import check_second_factor, confirm_second_factor, start_second_factor
from huying.people.actions.guessing import guessed_right, looked_right, may_guess, may_look
from huying.people.actions.keys import create_key, mark_key_used, revoke_key
from huying.people.actions.passwords import change_password
from huying.people.actions.signing_in import (
    account_waiting,
    end_all_sessions,
    end_session,
    session_ended,
    session_moved,
    session_seen,
    sign_in,
    signed_in,
)
from huying.people.actions.viewings import NewViewing, record_viewings

__all__ = [
    "NewBearing",
    "NewBody",
    "NewPost",
    "NewViewing",
    "PlainCaller",
    "account_waiting",
    "add_aliases",
    "change_password",
    "check_second_factor",
    "close_body",
    "confirm_second_factor",
    "create_account",
    "create_bodies",
    "create_body",
    "create_key",
    "create_post",
    "end_all_sessions",
    "end_post",
    "end_session",
    "ensure_callers",
    "erase_caller",
    "guessed_right",
    "look_up_caller",
    "looked_right",
    "mark_key_used",
    "may_guess",
    "may_look",
    "record_viewings",
    "reseal_callers",
    "reset_sign_in",
    "revoke_key",
    "session_ended",
    "session_moved",
    "session_seen",
    "set_active",
    "set_bearings",
    "set_id_number",
    "set_language",
    "sign_in",
    "signed_in",
    "start_second_factor",
    "unmask",
]
