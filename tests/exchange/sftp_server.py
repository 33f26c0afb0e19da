"""An SFTP server of a test's own over one folder, made of paramiko's server side."""

import os
import socket
import threading
from pathlib import Path
from typing import Any

import paramiko


class _Entry(paramiko.ServerInterface):
    def __init__(self, user: str, password: str) -> None:
        self.known = (user, password)

    def check_auth_password(self, username: str, password: str) -> int:
        right = (username, password) == self.known
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED

    def get_allowed_auths(self, username: str) -> str:
        return "password"


class _Handle(paramiko.SFTPHandle):
    def stat(self) -> Any:
        file: Any = self.readfile  # type: ignore[attr-defined]
        file.flush()
        return paramiko.SFTPAttributes.from_stat(os.fstat(file.fileno()))


class _Files(paramiko.SFTPServerInterface):
    root: Path

    def __init__(self, server: paramiko.ServerInterface, *largs: Any, root: Path, **kwargs: Any) -> None:
        super().__init__(server)
        self.root = root

    def _path(self, path: str) -> Path:
        return self.root / self.canonicalize(path).lstrip("/")

    def list_folder(self, path: str) -> Any:
        try:
            return [
                paramiko.SFTPAttributes.from_stat(one.stat(), one.name)
                for one in os.scandir(self._path(path))
            ]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(self._path(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    lstat = stat

    def open(self, path: str, flags: int, attr: Any) -> Any:
        try:
            handle = os.open(self._path(path), flags, 0o600)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        mode = "wb" if flags & os.O_WRONLY else "rb+" if flags & os.O_RDWR else "rb"
        file = os.fdopen(handle, mode)
        made = _Handle(flags)
        made.readfile = made.writefile = file  # type: ignore[attr-defined]
        return made

    def rename(self, oldpath: str, newpath: str) -> int:
        if self._path(newpath).exists():
            return paramiko.SFTP_FAILURE
        self._path(oldpath).rename(self._path(newpath))
        return paramiko.SFTP_OK

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        self._path(oldpath).replace(self._path(newpath))
        return paramiko.SFTP_OK

    def remove(self, path: str) -> int:
        self._path(path).unlink()
        return paramiko.SFTP_OK

    def mkdir(self, path: str, attr: Any) -> int:
        self._path(path).mkdir()
        return paramiko.SFTP_OK


class Server:
    """Listens at a port of this machine until closed."""

    def __init__(self, root: Path, user: str, password: str) -> None:
        self.root, self.known = root, (user, password)
        self.key = paramiko.RSAKey.generate(2048)
        self.host_key = f"ssh-rsa {self.key.get_base64()}"
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self._transports: list[paramiko.Transport] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self.listening.close()
        for one in self._transports:
            one.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            transport = paramiko.Transport(line)
            transport.add_server_key(self.key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Files, root=self.root)
            transport.start_server(server=_Entry(*self.known))
            self._transports.append(transport)
