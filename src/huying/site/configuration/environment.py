"""The choices of ``choices``, read from environment variables and from nothing else.

A value that cannot be used, or a HUYING_ name that is not in the table, stops the program at its start: a
misspelt setting must not go unnoticed.
"""

import os
import re
import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from huying.kernel.errors import Invalid
from huying.site.configuration.choices import TABLE
from huying.site.configuration.setting import PREFIX, Setting
from huying.site.embedded import place

_BY_NAME: Final[Mapping[str, Setting]] = {setting.name: setting for setting in TABLE}


def value(name: str) -> Any:
    """The value of a setting, read now. Raises Invalid, naming variable and remedy, for an unusable one."""
    setting = _BY_NAME[name]
    text = os.environ.get(setting.variable, "") or setting.default
    try:
        return setting.read(text)
    except ValueError as error:
        shown = "" if setting.secret else f"={text!r}"
        raise Invalid(f"环境变量 {setting.variable}{shown} 不能使用，应为：{error}") from None


def check() -> None:
    """Read every setting once. Raises Invalid for the first bad value, or for a HUYING_ name nobody knows."""
    known = {setting.variable for setting in TABLE}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise Invalid(f"不认识的环境变量：{'、'.join(unknown)}。可用的见 docs/settings.md。")
    for setting in TABLE:
        value(setting.name)


@cache
def data_dir() -> Path:
    """The data folder; not made here."""
    named: Path | None = value("DATA_DIR")
    if named:
        return named
    source = Path(__file__).parents[4]
    checkout = (source / "pyproject.toml").is_file()
    chosen = source / "var" if checkout else Path.home() / ".local/share/huying"
    if place.reaches(chosen, place.runner()):
        return chosen
    # Two checkouts under a closed folder must not share one database.
    return Path("/var/lib/huying") / re.sub(r"[^A-Za-z0-9]+", "-", str(source)).strip("-")[-40:]


def media_dir() -> Path:
    named: Path | None = value("MEDIA_DIR")
    return named or data_dir() / "media"


@cache
def secret_key() -> str:
    """The signing key: the one given, or one made on first use and kept beside the data."""
    given: str = value("SECRET_KEY")
    if given:
        if len(given) < 32:
            raise Invalid("环境变量 HUYING_SECRET_KEY 太短，至少 32 个字符。")
        return given
    path = data_dir() / "secret_key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _written(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def _written(path: Path) -> str:
    # Another process may have made the file and not yet written to it.
    for _ in range(100):
        if text := path.read_text(encoding="ascii"):
            return text
    raise Invalid(f"密钥文件 {path} 是空的，请删除后重新启动。")


def database() -> dict[str, Any]:
    """Django's entry for the database: the server named, or the embedded one.

    Connections live long; parameters are bound by the server and statements prepared at their fifth use.
    """
    url: str = value("DATABASE_URL")
    common = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    options: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 5}
    if role := value("DATABASE_ROLE"):
        options["assume_role"] = role
    if not url:
        options |= {"data_dir": str(data_dir()), "binaries": value("POSTGRES_BIN") or None}
        return {"ENGINE": "huying.site.embedded", "NAME": "huying", "OPTIONS": options, **common}
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": {**dict(parse_qsl(parts.query)), **options},
        **common,
    }
