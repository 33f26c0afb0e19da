"""Where files lie: a folder of this machine, or one on an SFTP server whose host key is pinned."""

import base64
import contextlib
import io
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

import paramiko
from django.conf import settings
from paramiko.pkey import UnknownKeyType

from huying.exchange.channels.interface import Away
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """One file: its name, size in bytes, and when it was written last (seconds since 1970)."""

    name: str
    size: int
    at: float


class Place(Protocol):
    """Folders with files, by names within them. Every act may raise Away."""

    def files(self, folder: str) -> list[Found]: ...

    def read(self, folder: str, name: str) -> bytes: ...

    def write(self, folder: str, name: str, content: bytes) -> None:
        """Whole or not at all: written beside, then renamed."""

    def rename(self, folder: str, name: str, into: str) -> None: ...

    def close(self) -> None: ...


class Folder:
    """A folder below the exchange folder of this installation; nothing above it is reached."""

    def __init__(self, path: str) -> None:
        root = Path(settings.HUYING_EXCHANGE_DIR).resolve()
        if not path or Path(path).is_absolute() or ".." in Path(path).parts:
            raise Invalid(fields={"path": "应为交换目录下的文件夹名。"})
        self.home = root / path

    def files(self, folder: str) -> list[Found]:
        place = self._at(folder)
        with _away():
            place.mkdir(parents=True, exist_ok=True)
            found = [(entry.name, entry.stat()) for entry in os.scandir(place) if entry.is_file()]
        return [Found(name, told.st_size, told.st_mtime) for name, told in found]

    def read(self, folder: str, name: str) -> bytes:
        with _away(), (self._at(folder) / name).open("rb") as file:
            return file.read(_MOST_BYTES)

    def write(self, folder: str, name: str, content: bytes) -> None:
        place = self._at(folder)
        with _away():
            place.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=place, suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(place / name)

    def rename(self, folder: str, name: str, into: str) -> None:
        with _away():
            (self._at(folder) / name).replace(self._at(folder) / into)

    def close(self) -> None:
        """Nothing is held."""

    def _at(self, folder: str) -> Path:
        if ".." in Path(folder).parts or Path(folder).is_absolute():
            raise Away("文件夹名不对。")
        return self.home / folder


class Sftp:
    """A folder on an SFTP server. ``host_key`` is its public key as ``ssh-keyscan`` prints it; any other is refused."""

    def __init__(
        self, host: str, port: int, user: str, secret: str, host_key: str, path: str, seconds: int
    ) -> None:
        self.where, self.user, self.secret, self.seconds = (host, port), user, secret, seconds
        self.home = PurePosixPath(path or ".")
        self.key = _host_key(host_key)
        self._client: paramiko.SFTPClient | None = None
        self._transport: paramiko.Transport | None = None

    def files(self, folder: str) -> list[Found]:
        with self._open() as client:
            place = self._folder(client, folder)
            return [
                Found(one.filename, one.st_size or 0, float(one.st_mtime or 0))
                for one in client.listdir_attr(place)
                if stat.S_ISREG(one.st_mode or 0)
            ]

    def read(self, folder: str, name: str) -> bytes:
        with self._open() as client, client.open(str(self.home / folder / name), "rb") as file:
            file.prefetch()
            return file.read(_MOST_BYTES)

    def write(self, folder: str, name: str, content: bytes) -> None:
        with self._open() as client:
            place = self._folder(client, folder)
            client.putfo(io.BytesIO(content), f"{place}/{name}.tmp", confirm=True)
            _replace(client, f"{place}/{name}.tmp", f"{place}/{name}")

    def rename(self, folder: str, name: str, into: str) -> None:
        with self._open() as client:
            place = self.home / folder
            _replace(client, str(place / name), str(place / into))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()
        self._client = self._transport = None

    @contextlib.contextmanager
    def _open(self) -> Iterator[paramiko.SFTPClient]:
        try:
            if self._client is None or self._transport is None or not self._transport.is_active():
                self._client = self._connected()
            yield self._client
        except (paramiko.SSHException, OSError, EOFError) as error:
            self.close()
            raise Away(said("SFTP 没有回应：%(kind)s", kind=type(error).__name__)) from error

    def _connected(self) -> paramiko.SFTPClient:
        import socket

        line = socket.create_connection(self.where, timeout=self.seconds)
        self._transport = paramiko.Transport(line)
        # The pinned key's own kind is asked for, or a server with several would show another one.
        self._transport.get_security_options().key_types = _kinds(self.key)
        self._transport.start_client(timeout=self.seconds)
        if self._transport.get_remote_server_key() != self.key:
            raise paramiko.SSHException("another host key")
        if self.secret.startswith("-----BEGIN"):
            self._transport.auth_publickey(self.user, _private(self.secret))
        else:
            self._transport.auth_password(self.user, self.secret)
        client = paramiko.SFTPClient.from_transport(self._transport)
        if client is None:
            raise paramiko.SSHException("no channel")
        channel = client.get_channel()
        if channel is not None:
            channel.settimeout(float(self.seconds))
        return client

    def _folder(self, client: paramiko.SFTPClient, folder: str) -> str:
        place = self.home / folder
        for each in (*reversed(place.parents), place):
            try:
                client.stat(str(each))
            except FileNotFoundError:
                client.mkdir(str(each))
        return str(place)


@contextlib.contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Away(said("文件夹用不了：%(why)s", why=error.strerror or type(error).__name__)) from error


def _replace(client: paramiko.SFTPClient, name: str, into: str) -> None:
    try:
        client.posix_rename(name, into)
    except OSError:
        # A server without that extension renames only onto a name that is free.
        with contextlib.suppress(OSError):
            client.remove(into)
        client.rename(name, into)


def _host_key(text: str) -> paramiko.PKey:
    try:
        kind, data = text.split()[-2:] if text.count(" ") == 1 else text.split()[1:3]
        return paramiko.PKey.from_type_string(kind, base64.b64decode(data))
    except (ValueError, paramiko.SSHException, UnknownKeyType) as error:
        raise Invalid(fields={"host_key": "服务器公钥不对，应像 ssh-keyscan 打印的那样。"}) from error


def _kinds(key: paramiko.PKey) -> tuple[str, ...]:
    name = key.get_name()
    return ("rsa-sha2-512", "rsa-sha2-256") if name == "ssh-rsa" else (name,)


def _private(text: str) -> paramiko.PKey:
    for kind in (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey):
        try:
            return kind.from_private_key(io.StringIO(text))
        except paramiko.SSHException:
            continue
    raise Invalid(fields={"secret": "私钥看不懂。"})
