"""The command line: one table, quick help, refusals in one line."""

import argparse
import socket
import subprocess
import sys
from importlib import import_module
from types import SimpleNamespace

import psycopg
import pytest

from huying.kernel.errors import Conflict
from huying.site import cli
from huying.site.commands import serve


def test_help_lists_every_command_and_loads_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown and command.zh in shown for name, command in cli.COMMANDS.items())


def test_help_needs_neither_django_nor_the_database() -> None:
    script = "import sys; from huying.site import cli; cli._overview(); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*name.split(), "--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert cli.COMMANDS[name].zh in shown
    examples = getattr(import_module(cli.COMMANDS[name].module), "EXAMPLES", "")
    assert examples.strip() in shown


def test_a_mistake_of_ours_keeps_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(args: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(
        cli, "import_module", lambda name: SimpleNamespace(add_arguments=lambda parser: None, run=run)
    )
    with pytest.raises(ZeroDivisionError):
        cli.main(["migrate"])


def test_an_unknown_command_is_wrong_use() -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["levitate"])
    assert ended.value.code == cli.MISUSED


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (Conflict("已经有了。"), cli.NOT_DONE, "已经有了。"),
        (KeyboardInterrupt(), cli.INTERRUPTED, "已中断"),
        (psycopg.errors.UndefinedTable("x"), cli.NOT_DONE, "huying migrate"),
        (psycopg.OperationalError("connection refused"), cli.NOT_DONE, "connection refused"),
    ],
)
def test_refusals_are_said_and_told_by_the_code(
    raised: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(args: object) -> int:
        raise raised

    command = SimpleNamespace(add_arguments=lambda parser: None, run=run)
    monkeypatch.setattr(cli, "import_module", lambda name: command)
    assert cli.main(["migrate"]) == code
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_port_that_is_taken_is_said_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setattr(serve.environment, "value", {"HOST": "127.0.0.1", "PORT": port}.__getitem__)
        assert serve.run(argparse.Namespace(no_worker=True)) == 1
    assert f"端口 {port} 已经有程序在用" in capsys.readouterr().err
