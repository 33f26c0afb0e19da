"""The only readers of people and units; they answer with plain values, never with rows."""

from huying.people.queries.accounts import (
    AccountInfo,
    PostInfo,
    account_info,
    account_names,
    accounts_for,
    actor_of,
    posts_held,
    posts_of,
)
from huying.people.queries.bodies import BodyInfo, bearing, bodies, body, body_for, find_body
from huying.people.queries.callers import (
    MaskedCaller,
    ViewingInfo,
    caller_for,
    caller_masked,
    caller_with_phone,
    callers_masked,
    phone_ends_with,
    viewings_for,
)
from huying.people.queries.keys import KeyInfo, actor_of_key, keys_for
from huying.people.queries.signing_in import (
    SessionInfo,
    Standing,
    has_second_factor,
    open_sessions,
    sign_ins_of,
    standing_of,
)

__all__ = [
    "AccountInfo",
    "BodyInfo",
    "KeyInfo",
    "MaskedCaller",
    "PostInfo",
    "SessionInfo",
    "Standing",
    "ViewingInfo",
    "account_info",
    "account_names",
    "accounts_for",
    "actor_of",
    "actor_of_key",
    "bearing",
    "bodies",
    "body",
    "body_for",
    "caller_for",
    "caller_masked",
    "caller_with_phone",
    "callers_masked",
    "find_body",
    "has_second_factor",
    "keys_for",
    "open_sessions",
    "phone_ends_with",
    "posts_held",
    "posts_of",
    "sign_ins_of",
    "standing_of",
    "viewings_for",
]
