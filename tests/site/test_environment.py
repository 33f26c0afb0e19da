"""Settings come from the environment alone, and a wrong one stops the program saying which."""

from pathlib import Path

import pytest

from huying.kernel.errors import Invalid
from huying.site.configuration import environment


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "eighty"),
        ("PORT", "65536"),
        ("DIGEST", "md5"),
        ("HTTPS", "maybe"),
        ("DATABASE_URL", "mysql://localhost/huying"),
        ("TRUSTED_ORIGINS", "huying.example.cn"),
        ("WEB_THREADS", "0"),
    ],
)
def test_a_bad_value_is_named(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"HUYING_{name}", text)
    with pytest.raises(Invalid, match=f"HUYING_{name}"):
        environment.check()


def test_no_message_repeats_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_DATABASE_URL", "postgres+x://huying:hush-hush@db/huying")
    with pytest.raises(Invalid, match="HUYING_DATABASE_URL") as told:
        environment.check()
    assert "hush" not in told.value.message


def test_a_misspelt_name_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_DATABSE_URL", "postgresql://localhost/huying")
    with pytest.raises(Invalid, match="HUYING_DATABSE_URL"):
        environment.check()


def test_an_empty_value_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_PORT", "")
    assert environment.value("PORT") == 8000


def test_a_named_database_keeps_odd_characters_and_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_DATABASE_URL", "postgresql://h%40y:p%2Fw@db:5433/call%20s?sslmode=require")
    entry = environment.database()
    assert (entry["USER"], entry["PASSWORD"], entry["NAME"]) == ("h@y", "p/w", "call s")
    assert (entry["HOST"], entry["PORT"]) == ("db", 5433)
    assert entry["OPTIONS"]["sslmode"] == "require"


def test_without_an_address_the_embedded_database_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HUYING_DATABASE_URL", raising=False)
    entry = environment.database()
    assert entry["ENGINE"] == "huying.site.embedded"


def test_a_key_is_made_once_and_kept_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HUYING_SECRET_KEY", raising=False)
    monkeypatch.setattr(environment, "data_dir", lambda: tmp_path / "data")
    made = environment.secret_key.__wrapped__()
    assert len(made) >= 32
    assert environment.secret_key.__wrapped__() == made
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_short_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYING_SECRET_KEY", "short")
    with pytest.raises(Invalid, match="32"):
        environment.secret_key.__wrapped__()
