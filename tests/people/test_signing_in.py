from datetime import timedelta

import pytest

from huying.kernel.errors import Conflict, Denied, Invalid
from huying.people import actions, queries
from huying.people.models import Account, OpenSession, PasswordUsed, SecondFactor, SignIn
from huying.people.rules.codes import code_at
from huying.people.rules.kinds import Outcome
from tests.people.cast import NOW, PASSWORD, actor, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HERE = "10.0.0.1"


def test_the_right_password_opens_and_a_wrong_one_says_the_same_as_no_such_name() -> None:
    cast = make_cast()
    assert actions.sign_in(" sun ", PASSWORD, HERE, NOW).pk == cast.sun
    texts = []
    for login in ("sun", "nobody"):
        with pytest.raises(Invalid) as refusal:
            actions.sign_in(login, "wrong", HERE, NOW)
        texts.append(refusal.value.message)
    assert texts[0] == texts[1]
    outcomes = SignIn.objects.order_by("id").values_list("login", "outcome")
    assert list(outcomes) == [("sun", Outcome.WRONG_PASSWORD), ("nobody", Outcome.WRONG_PASSWORD)]


@pytest.mark.parametrize("login", ["sun", "nobody"])
def test_five_wrong_lock_the_name_for_fifteen_minutes_even_for_the_right_password(login: str) -> None:
    make_cast()
    for second in range(5):
        with pytest.raises(Invalid):
            actions.sign_in(login, "wrong", HERE, NOW + timedelta(seconds=second))
    with pytest.raises(Denied) as refusal:
        actions.sign_in(login, PASSWORD, HERE, NOW + timedelta(minutes=14))
    assert "09:15" in refusal.value.message
    if login == "sun":
        assert actions.sign_in(login, PASSWORD, HERE, NOW + timedelta(minutes=15, seconds=4))


def test_a_stopped_account_stays_out() -> None:
    cast = make_cast()
    actions.set_active(actor(cast.wang), cast.sun, False, NOW)
    with pytest.raises(Denied):
        actions.sign_in("sun", PASSWORD, HERE, NOW)


def test_an_account_without_a_password_opens_to_nobody_until_one_is_handed_out() -> None:
    cast = make_cast()
    made = actions.create_account(actor(cast.wang), "li", "李四", [], NOW)
    with pytest.raises(Invalid):
        actions.sign_in("li", "", HERE, NOW)
    first = actions.reset_sign_in(actor(cast.wang), made, NOW)
    account = actions.sign_in("li", first, HERE, NOW)
    assert queries.standing_of(account, actor(made), False, NOW).needs_password


def test_administrators_and_auditors_owe_a_second_factor_and_others_do_not() -> None:
    cast = make_cast()
    owing = {
        name: queries.standing_of(Account.objects.get(pk=one), actor(one), False, NOW).needs_enrolment
        for name, one in {"wang": cast.wang, "qian": cast.qian, "sun": cast.sun, "zhao": cast.zhao}.items()
    }
    assert owing == {"wang": True, "qian": True, "sun": False, "zhao": False}


def _enrol(account: Account) -> tuple[str, list[str]]:
    secret, uri = actions.start_second_factor(account, "呼应")
    assert secret in uri
    return secret, actions.confirm_second_factor(account, code_at(secret, NOW), NOW)


def test_a_second_factor_is_in_force_once_a_code_was_shown() -> None:
    account = Account.objects.get(pk=make_cast().wang)
    secret, _ = actions.start_second_factor(account, "呼应")
    assert actions.start_second_factor(account, "呼应")[0] == secret
    with pytest.raises(Invalid):
        actions.confirm_second_factor(account, "000000", NOW)
    assert not queries.has_second_factor(account.pk)
    actions.confirm_second_factor(account, code_at(secret, NOW), NOW)
    assert queries.has_second_factor(account.pk)
    with pytest.raises(Conflict):
        actions.start_second_factor(account, "呼应")
    assert secret.encode() not in bytes(SecondFactor.objects.get().secret_sealed)


def test_codes_work_once_and_recovery_codes_too() -> None:
    account = Account.objects.get(pk=make_cast().wang)
    secret, recovery = _enrol(account)
    later = NOW + timedelta(minutes=1)
    for code in (code_at(secret, later), recovery[3].lower()):
        actions.check_second_factor(account, code, HERE, later)
        with pytest.raises(Invalid):
            actions.check_second_factor(account, code, HERE, later)


def test_wrong_codes_lock_like_wrong_passwords() -> None:
    account = Account.objects.get(pk=make_cast().wang)
    secret, _ = _enrol(account)
    for _attempt in range(5):
        with pytest.raises(Invalid):
            actions.check_second_factor(account, "000000", HERE, NOW)
    later = NOW + timedelta(minutes=1)
    with pytest.raises(Denied):
        actions.check_second_factor(account, code_at(secret, later), HERE, later)


def test_a_reset_takes_the_second_factor_away() -> None:
    cast = make_cast()
    _enrol(Account.objects.get(pk=cast.qian))
    actions.reset_sign_in(actor(cast.wang), cast.qian, NOW)
    assert not queries.has_second_factor(cast.qian)
    with pytest.raises(Conflict):
        actions.reset_sign_in(actor(cast.wang), cast.wang, NOW)


def test_the_last_five_passwords_are_not_taken_again() -> None:
    account = Account.objects.get(pk=make_cast().sun)
    current = PASSWORD
    for number in range(5):
        for used in {PASSWORD, current}:
            with pytest.raises(Invalid) as refusal:
                actions.change_password(account, current, used, HERE, NOW)
            assert set(refusal.value.fields) == {"new"}
        actions.change_password(account, current, f"Huying-{number}-new", HERE, NOW)
        current = f"Huying-{number}-new"
    actions.change_password(account, current, PASSWORD, HERE, NOW)
    assert PasswordUsed.objects.count() == 5


@pytest.mark.parametrize("new", ["short-1", "password", "P@ssw0rd", "x-Sun-2026"])
def test_weak_common_and_telling_passwords_are_refused(new: str) -> None:
    account = Account.objects.get(pk=make_cast().sun)
    with pytest.raises(Invalid):
        actions.change_password(account, PASSWORD, new, HERE, NOW)
    assert actions.sign_in("sun", PASSWORD, HERE, NOW)


def test_changing_the_password_ends_the_other_sessions() -> None:
    account = Account.objects.get(pk=make_cast().sun)
    for key in ("here", "there"):
        actions.signed_in(account, key, HERE, "Firefox", NOW)
    actions.change_password(account, PASSWORD, "Huying-next-1", HERE, NOW, session_key="here")
    still = OpenSession.objects.filter(ended_at=None).values_list("session_key", flat=True)
    assert list(still) == ["here"]
    (shown,) = queries.open_sessions(account.pk, "here", NOW, 1800)
    assert shown.here
    assert queries.open_sessions(account.pk, "here", NOW + timedelta(minutes=30), 1800) == []
