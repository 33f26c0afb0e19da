"""A work is done once, in the name of who asked, stops when it is told to, and survives the death of who does it."""

import threading
import time
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import connection

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.kernel import clock
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.longwork.actions import Doer, Made, Task, ask, cancel, cancel_any, do_next, prune
from huying.longwork.actions.claiming import claim, end, speak
from huying.longwork.models import LongWork
from huying.longwork.policy import home
from huying.longwork.queries import all_works, file_of, is_something_to_do, work_of, works_of
from huying.longwork.rules import folder
from huying.longwork.rules.states import MOST_TRIES, MOST_UNFINISHED, WorkState
from huying.people.actions import end_post
from huying.people.queries import posts_of
from tests.cast import Cast
from tests.longwork.conftest import person

pytestmark = pytest.mark.django_db(transaction=True)
NEVER = threading.Event()


def asked(actor: Actor, kind: str = "write", **params: object) -> int:
    return ask(actor, kind, "全部案件", params, clock.now(), language="zh-hans")


def write(task: Task) -> Made:
    folder.keep(task.target, [b"one\n", b"two\n"])
    task.progress.told(2, 2)
    return Made("list.csv", {"rows": 2})


def do(doer: Doer = write) -> bool:
    doers: Mapping[str, Doer] = {"write": doer}
    return do_next(doers, NEVER)


def state_of(number: int) -> str:
    return LongWork.objects.get(pk=number).state


def test_a_work_is_done_and_its_file_is_the_askers_alone(duban: Actor, other: Actor) -> None:
    number = asked(duban)
    assert is_something_to_do()
    assert do()
    assert not do()
    assert not is_something_to_do()
    work, path = file_of(duban, number, clock.now())
    assert (work.state, work.done, work.total, work.outcome) == (WorkState.DONE, 2, 2, {"rows": 2})
    assert path.read_bytes() == b"one\ntwo\n"
    assert (path.stat().st_mode & 0o777, home().stat().st_mode & 0o777) == (0o600, 0o700)
    assert [one.id for one in works_of(duban)] == [number]
    assert works_of(other) == []
    for act in (work_of, lambda who, which: file_of(who, which, clock.now())):
        with pytest.raises(NotFound):
            act(other, number)
    with pytest.raises(NotFound):
        cancel(other, number, clock.now())


def test_the_same_asked_twice_is_one_work_until_it_is_finished(duban: Actor, other: Actor) -> None:
    first = asked(duban, q="1")
    assert asked(duban, q="1") == first
    assert asked(duban, q="2") != first
    assert asked(other, q="1") != first
    while do():
        pass
    assert asked(duban, q="1") != first


def test_nobody_fills_the_queue_and_whoever_has_least_comes_first(duban: Actor, other: Actor) -> None:
    mine = [asked(duban, n=n) for n in range(MOST_UNFINISHED)]
    with pytest.raises(Conflict):
        asked(duban, n=MOST_UNFINISHED)
    theirs = asked(other)
    first, second = claim(clock.now()), claim(clock.now())
    assert first is not None
    assert second is not None
    assert (first.pk, second.pk) == (mine[0], theirs)


def test_what_waits_is_cancelled_at_once_and_what_runs_within_a_second(duban: Actor) -> None:
    waiting = asked(duban)
    cancel(duban, waiting, clock.now())
    assert state_of(waiting) == "cancelled"
    assert not do()
    running, stopped = asked(duban), []

    def long(task: Task) -> Made:
        folder.keep(task.target, [b"half"])
        cancel_any(running, clock.now())
        began = time.monotonic()
        try:
            while True:
                task.progress.told(1, 10)
                time.sleep(0.01)
        finally:
            stopped.append(time.monotonic() - began)

    assert do(long)
    assert stopped[0] < 1.0
    assert state_of(running) == "cancelled"
    assert list(home().iterdir()) == []
    with pytest.raises(Conflict):
        cancel(duban, running, clock.now())


def test_a_file_that_was_cancelled_in_its_last_moment_is_not_kept(duban: Actor) -> None:
    number = asked(duban)

    def too_late(task: Task) -> Made:
        made = write(task)
        cancel_any(number, clock.now())
        return made

    assert do(too_late)
    assert (state_of(number), work_of(duban, number).error) == ("cancelled", "")
    assert list(home().iterdir()) == []


def test_a_refusal_and_a_fault_are_said_in_words(duban: Actor) -> None:
    refused, faulty = asked(duban, n=1), asked(duban, n=2)

    def refuse(task: Task) -> Made:
        raise Invalid("文件里没有表头。")

    def fault(task: Task) -> Made:
        raise ZeroDivisionError

    assert do(refuse)
    assert do(fault)
    told = {one.id: (one.state, one.error) for one in all_works()}
    assert told[refused] == (WorkState.FAILED, "文件里没有表头。")
    assert told[faulty][0] is WorkState.FAILED
    assert str(faulty) in told[faulty][1]


def forgotten(number: int) -> None:
    """As if the process had been killed a while ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE longwork_longwork SET alive_at = clock_timestamp() - interval '1 minute' WHERE id = %s",
            [number],
        )


def test_a_dead_ones_work_is_begun_again_and_what_it_says_later_changes_nothing(duban: Actor) -> None:
    number = asked(duban)
    dead = claim(clock.now())
    assert dead is not None
    assert claim(clock.now()) is None
    forgotten(number)
    assert is_something_to_do()
    assert do()
    assert speak(dead, 1, 2) == (False, False)
    assert not end(dead, WorkState.FAILED, clock.now(), error="too late")
    assert state_of(number) == "done"


def test_what_kills_its_process_each_time_is_given_up_in_words(duban: Actor) -> None:
    number = asked(duban)
    for _ in range(MOST_TRIES):
        assert claim(clock.now()) is not None
        forgotten(number)
    assert claim(clock.now()) is None
    assert state_of(number) == "failed"
    assert "几次中途停止" in work_of(duban, number).error


def test_a_process_told_to_end_leaves_its_work_to_another(duban: Actor) -> None:
    number, ending = asked(duban), threading.Event()

    def interrupted(task: Task) -> Made:
        ending.set()
        task.progress.told(1)
        raise AssertionError("not reached")

    assert do_next({"write": interrupted}, ending)
    assert (state_of(number), LongWork.objects.get().tries) == ("waiting", 0)
    assert do()
    assert state_of(number) == "done"


def test_posts_lost_since_are_lost_and_posts_gained_since_add_nothing(cast: Cast, duban: Actor) -> None:
    from huying.people.actions import NewPost, create_post
    from tests.cast import DISTRICT

    assert duban.account_id is not None
    asked(duban)
    create_post(cast.system, duban.account_id, NewPost(Role.AUDITOR, str(DISTRICT)), clock.now())
    seen: list[frozenset[Role]] = []

    def look(task: Task) -> Made:
        seen.append(task.actor.roles)
        return Made()

    assert do(look)
    asked(duban, again=True)
    for post in posts_of(duban.account_id, clock.now()):
        end_post(cast.system, post.id, clock.now())
    assert do(look)
    assert seen == [frozenset({Role.SUPERVISOR}), frozenset()]


def test_nobody_without_an_account_asks(cast: Cast) -> None:
    with pytest.raises(Denied):
        asked(cast.system)


def test_files_go_after_their_days_and_rows_after_a_month(duban: Actor) -> None:
    number = asked(duban)
    assert do()
    stray = home() / "stray.part"
    folder.keep(stray, [b"left by a kill"])
    assert prune(clock.now()) == 0
    week = clock.now() + timedelta(days=8)
    assert prune(week) == 1
    with pytest.raises(NotFound):
        file_of(duban, number, clock.now())
    assert [path.name for path in home().iterdir()] == ["stray.part"]
    import os

    os.utime(stray, (0, 0))
    assert prune(week) == 1
    prune(clock.now() + timedelta(days=31))
    assert not LongWork.objects.exists()


def test_who_is_no_longer_active_gets_nothing(cast: Cast, duban: Actor) -> None:
    from huying.people.actions import set_active

    number = asked(duban)
    set_active(person(cast, "boss", Role.ADMINISTRATOR), duban.account_id or 0, False, clock.now())
    assert do()
    assert state_of(number) == "failed"


def test_whoever_runs_the_machine_sees_and_cancels_all(
    duban: Actor, other: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    from huying.site.cli import main

    numbers = [asked(duban), asked(other)]
    assert main(["work", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["works"]
    assert [(one["id"], one["asker"]) for one in told] == [(numbers[1], "other"), (numbers[0], "duban")]
    assert main(["work", "cancel", str(numbers[0])]) == 0
    assert state_of(numbers[0]) == "cancelled"
    assert main(["work", "cancel", str(numbers[0])]) == 1
    assert main(["work", "list", "--unfinished"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.strip()]
    # By the column: a number may be a minute of the clock beside it.
    assert str(numbers[1]) in listed
    assert str(numbers[0]) not in listed
