"""Tables of people and units. Bodies, accounts and keys are small; callers and viewings are large."""

from huying.people.models.accounts import Account, PasswordUsed, Post
from huying.people.models.bodies import Bearing, Body, BodyAlias, Register
from huying.people.models.callers import Caller, Viewing
from huying.people.models.keys import ApiKey, FormerSecret, KeptAnswer, KeySpending
from huying.people.models.saved import SavedFilter
from huying.people.models.signing_in import OpenSession, RecoveryCode, SecondFactor, SignIn

__all__ = [
    "Account",
    "ApiKey",
    "Bearing",
    "Body",
    "BodyAlias",
    "Caller",
    "FormerSecret",
    "KeptAnswer",
    "KeySpending",
    "OpenSession",
    "PasswordUsed",
    "Post",
    "RecoveryCode",
    "Register",
    "SavedFilter",
    "SecondFactor",
    "SignIn",
    "Viewing",
]
