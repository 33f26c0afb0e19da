"""The only writers of people and units."""

from huying.people.actions.accounts import create_account, rename_account, set_active, set_language
from huying.people.actions.answering import (
    Answer,
    Claimed,
    claim_answer,
    clear_answers,
    keep_answer,
)
from huying.people.actions.assistants import create_assistant_key, revoke_assistant_key
from huying.people.actions.bearings import NewBearing, set_bearings
from huying.people.actions.bodies import (
    NewBody,
    add_aliases,
    close_body,
    create_bodies,
    create_body,
    rename_body,
    reopen_body,
)
from huying.people.actions.callers import (
    PlainCaller,
    ensure_callers,
    look_up_caller,
    reseal_callers,
    set_id_number,
    unmask,
)
from huying.people.actions.keys import create_key, mark_key_used, revoke_key
from huying.people.actions.metering import Spent, clear_spending, forget_leases, spend
from huying.people.actions.posts import NewPost, create_post, end_post, move_post
from huying.people.actions.renewing import renew_key, set_key_rate
from huying.people.actions.saved import drop_filter, save_filter
from huying.people.actions.signing.factors import (
    check_second_factor,
    confirm_second_factor,
    start_second_factor,
)
from huying.people.actions.signing.guessing import guessed_right, looked_right, may_guess, may_look
from huying.people.actions.signing.passwords import change_password
from huying.people.actions.signing.rescuing import (
    reset_second_factor,
    reset_sign_in,
    sign_out_everywhere,
    unlock,
)
from huying.people.actions.signing.signing_in import (
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
    "Answer",
    "Claimed",
    "NewBearing",
    "NewBody",
    "NewPost",
    "NewViewing",
    "PlainCaller",
    "Spent",
    "account_waiting",
    "add_aliases",
    "change_password",
    "check_second_factor",
    "claim_answer",
    "clear_answers",
    "clear_spending",
    "close_body",
    "confirm_second_factor",
    "create_account",
    "create_assistant_key",
    "create_bodies",
    "create_body",
    "create_key",
    "create_post",
    "drop_filter",
    "end_all_sessions",
    "end_post",
    "end_session",
    "ensure_callers",
    "forget_leases",
    "guessed_right",
    "keep_answer",
    "look_up_caller",
    "looked_right",
    "mark_key_used",
    "may_guess",
    "may_look",
    "move_post",
    "record_viewings",
    "rename_account",
    "rename_body",
    "renew_key",
    "reopen_body",
    "reseal_callers",
    "reset_second_factor",
    "reset_sign_in",
    "revoke_assistant_key",
    "revoke_key",
    "save_filter",
    "session_ended",
    "session_moved",
    "session_seen",
    "set_active",
    "set_bearings",
    "set_id_number",
    "set_key_rate",
    "set_language",
    "sign_in",
    "sign_out_everywhere",
    "signed_in",
    "spend",
    "start_second_factor",
    "unlock",
    "unmask",
]
