import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from huying.kernel.errors import Denied, Invalid, NotFound
from huying.people import actions, queries
from huying.people.actions import erasing
from huying.people.models import Caller, Viewing
from huying.people.rules.kinds import ViewingKind
from tests.people.cast import DISTRICT, NOW, actor, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PHONES = st.sampled_from(["", "13800000001", "13800000002", "138 0000 0001", "+8613800000002", "12"])


def _one(name: str = "张小明", phone: str = "13812341234") -> int:
    made = actions.ensure_callers(DISTRICT, [(name, phone)], NOW)[0]
    assert made is not None
    return made


def test_one_phone_is_one_caller_however_it_is_written() -> None:
    given_now = [("张小明", "138 1234 1234"), ("", ""), ("", "+8613812341234"), ("李四", "0755-88881234")]
    first = actions.ensure_callers(DISTRICT, given_now, NOW)
    assert first[1] is None
    assert first[0] == first[2] != first[3]
    assert actions.ensure_callers(DISTRICT, given_now, NOW) == first
    assert Caller.objects.count() == 2


def test_a_name_that_was_missing_is_added_and_one_that_is_there_stays() -> None:
    made = _one("", "13812341234")
    assert _one("张小明") == made
    assert _one("李四") == made
    assert queries.caller_masked(DISTRICT, made).name == "张**"


def test_a_name_later_in_the_same_batch_counts() -> None:
    pairs = [("", "13812341234"), ("张小明", "13812341234")]
    first, second = actions.ensure_callers(DISTRICT, pairs, NOW)
    assert first is not None
    assert first == second
    assert queries.caller_masked(DISTRICT, first).name == "张**"


@given(st.lists(st.tuples(st.sampled_from(["", "张三", "李四"]), PHONES), max_size=8))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_batches_keep_their_order_and_join_equal_phones(pairs: list[tuple[str, str]]) -> None:
    ids = actions.ensure_callers(DISTRICT, pairs, NOW)
    assert len(ids) == len(pairs)
    for (name, phone), made in zip(pairs, ids, strict=True):
        assert (made is None) == (not name and not phone)
    joined = {made for (_, phone), made in zip(pairs, ids, strict=True) if phone.replace(" ", "")[-1:] == "1"}
    assert len(joined) <= 1


def test_a_batch_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    pairs = [(f"张{number}", f"138{number:08}") for number in range(500)]
    with django_assert_num_queries(1):
        actions.ensure_callers(DISTRICT, pairs, NOW)
    with django_assert_num_queries(1):
        actions.ensure_callers(DISTRICT, pairs, NOW)
    assert Caller.objects.count() == 500


def test_nothing_readable_lies_in_the_table() -> None:
    _one()
    with connection.cursor() as cursor:
        cursor.execute("SELECT caller::text FROM people_caller caller")
        row = cursor.fetchone()[0]
    for text in ("张小明", "13812341234"):
        assert text not in row
        assert text.encode().hex() not in row


def test_unmasking_asks_for_post_and_reason_and_is_written_down() -> None:
    cast, made = make_cast(), _one()
    with pytest.raises(Denied):
        actions.unmask(actor(cast.wang), made, 7, "核实地址", NOW)
    with pytest.raises(Invalid) as refusal:
        actions.unmask(actor(cast.sun), made, 7, " ", NOW)
    assert "reason" in refusal.value.fields
    assert not Viewing.objects.exists()
    plain = actions.unmask(actor(cast.sun), made, 7, "核实地址", NOW)
    assert (plain.name, plain.phone) == ("张小明", "13812341234")
    (line,) = queries.viewings_for(actor(cast.qian), case_id=7)
    assert (line.actor_name, line.kind, line.caller_id) == ("孙海", ViewingKind.UNMASK, made)
    assert (line.reason, line.at) == ("核实地址", NOW)


def test_only_auditors_read_the_audit() -> None:
    cast = make_cast()
    with pytest.raises(Denied):
        queries.viewings_for(actor(cast.sun))


def test_the_desk_finds_a_caller_by_number_and_the_search_is_kept() -> None:
    cast, made = make_cast(), _one()
    found = actions.look_up_caller(actor(cast.zhao), "138-1234-1234", NOW)
    assert found is not None
    assert (found.id, found.name, found.phone) == (made, "张**", "138****1234")
    assert actions.look_up_caller(actor(cast.zhao), "13900000000", NOW) is None
    with pytest.raises(Denied):
        actions.look_up_caller(actor(cast.sun), "13812341234", NOW)
    kept = Viewing.objects.order_by("id").values_list("kind", "caller_id", "what")
    search = ViewingKind.SEARCH.value
    assert list(kept) == [(search, made, "来电号码"), (search, None, "来电号码，没有登记过")]


def test_erasure_takes_the_person_and_leaves_the_audit() -> None:
    cast, made = make_cast(), _one()
    actions.set_id_number(actor(cast.zhao), made, "11010519491231002x")
    assert actions.unmask(actor(cast.sun), made, None, "核实身份", NOW).id_number == "11010519491231002X"
    assert erasing.erase(actor(cast.wang), [made], "本人申请", NOW) == 1
    masked = queries.caller_masked(DISTRICT, made)
    assert (masked.name, masked.phone, masked.erased) == ("", "", True)
    assert _one() != made
    assert [line.kind for line in queries.viewings_for(actor(cast.qian), caller_id=made)] == [
        ViewingKind.ERASE,
        ViewingKind.UNMASK,
    ]
    assert erasing.erase(actor(cast.wang), [made], "本人申请", NOW) == 0


def test_a_receipt_is_asked_for_the_last_four_digits() -> None:
    made = _one()
    assert queries.phone_ends_with(DISTRICT, made, "1234")
    for wrong in ("1235", "", "234", "13812341234"):
        assert not queries.phone_ends_with(DISTRICT, made, wrong)


def test_a_caller_of_another_district_does_not_exist() -> None:
    made = _one()
    with pytest.raises(NotFound):
        queries.caller_masked(990102, made)


def test_after_a_change_of_secrets_callers_are_sealed_anew_and_found_again() -> None:
    made = _one()
    with override_settings(SECRET_KEY="turned", SECRET_KEY_FALLBACKS=[_secret()]):
        assert queries.caller_masked(DISTRICT, made).phone == "138****1234"
        assert actions.reseal_callers(DISTRICT) == 1
        assert _one() == made
        assert actions.reseal_callers(DISTRICT) == 0
    with override_settings(SECRET_KEY="turned", SECRET_KEY_FALLBACKS=[]):
        assert queries.caller_masked(DISTRICT, made).name == "张**"


def _secret() -> str:
    from django.conf import settings as current

    return str(current.SECRET_KEY)
