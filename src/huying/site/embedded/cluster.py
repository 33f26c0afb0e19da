"""The data folder of the server: created once, complete or not at all."""

import json
import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from huying.kernel.errors import Unavailable
from huying.site.embedded.binaries import Binaries
from huying.site.embedded.place import Place, Runner, private_folder

ADMIN = "postgres"
APPLICATION = "huying"


@dataclass(frozen=True, slots=True)
class Passwords:
    """Of the server's own administrator, and of the plain role the application connects as."""

    admin: str
    application: str


def passwords(place: Place) -> Passwords:
    """Read back what ``create`` wrote."""
    return Passwords(**json.loads(place.secret.read_text(encoding="utf-8")))


def create(place: Place, binaries: Binaries, who: Runner) -> None:
    """Make the data folder, the role and the database, unless they are there.

    Everything is made beside its final place and renamed last: a creation that was interrupted leaves
    nothing that could be taken for a database. Raises Unavailable with the program's own words.
    """
    if place.cluster.is_dir():
        _refuse_other_version(place, binaries)
        return
    fresh = place.cluster.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    private_folder(fresh, who)
    words = Passwords(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
    _initdb(fresh, words, binaries, who)
    _first_rows(fresh, words, binaries, who)
    _write_private(place.secret, json.dumps({"admin": words.admin, "application": words.application}))
    fresh.rename(place.cluster)


def _refuse_other_version(place: Place, binaries: Binaries) -> None:
    major = int((place.cluster / "PG_VERSION").read_text(encoding="ascii"))
    if major != binaries.major:
        raise Unavailable(
            f"数据目录 {place.data} 由 PostgreSQL {major} 建立，现在的程序是 {binaries.major}。"
            "请先用原来的版本 huying backup，再在新目录 huying restore。"
        )


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _initdb(fresh: Path, words: Passwords, binaries: Binaries, who: Runner) -> None:
    word_file = fresh.with_name("postgres.word")
    _write_private(word_file, words.admin)
    if who.switch:
        os.chown(word_file, who.uid, who.gid)
    # The built-in provider sorts the same on every machine; before 17 the plain C locale does.
    modern = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if binaries.major >= 17 else []
    try:
        run_as(
            who,
            [
                binaries.path("initdb"),
                f"--pgdata={fresh}",
                f"--username={ADMIN}",
                f"--pwfile={word_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions",
                *modern,
            ],
        )
    finally:
        word_file.unlink()


def _first_rows(fresh: Path, words: Passwords, binaries: Binaries, who: Runner) -> None:
    # Single-user mode needs no socket and no second start.
    run_as(
        who,
        [binaries.path("postgres"), "--single", "-D", str(fresh), "-c", "exit_on_error=on", "postgres"],
        f"CREATE ROLE {APPLICATION} LOGIN CREATEDB PASSWORD '{words.application}'\n"
        f"CREATE DATABASE {APPLICATION} OWNER {APPLICATION}\n",
    )


def run_as(who: Runner, command: list[str], text: str = "") -> str:
    """Run one of PostgreSQL's programs as its user and answer with what it printed. Raises Unavailable."""
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        cwd="/",
        env=clean_environment(),
        check=False,
        user=who.user,
        group=who.group,
        extra_groups=who.groups,
    )
    if done.returncode != 0:
        raise Unavailable(f"{Path(command[0]).name} 没有成功：{(done.stderr or done.stdout).strip()[-800:]}")
    return done.stdout


def clean_environment() -> dict[str, str]:
    """Without the PG… variables of the surroundings, which would change what the programs do."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LC_ALL": "C",
        "TZ": os.environ.get("TZ", "Asia/Shanghai"),
    }
