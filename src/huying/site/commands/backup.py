"""``huying backup``: the database and the attachments as one tar file."""

import argparse
import hashlib
import io
import json
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

import huying
from huying.kernel.errors import Invalid
from huying.site import console
from huying.site.backups import archive, programs
from huying.site.configuration import environment

EXAMPLES = """
  huying backup                             备份到当前目录，文件名含时间
  huying backup /data/backups/today.tar     备份到指定文件
  huying backup --with-key                  连同密钥（备份文件须妥善保管）
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, help="备份文件；已有的文件不会被覆盖")
    parser.add_argument("--with-key", action="store_true", help="把密钥一起放进备份文件")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Write the backup; what was written is complete or absent."""
    now = timezone.localtime()
    target: Path = args.file or Path(f"huying-{now:%Y%m%d-%H%M%S}.tar")
    if target.exists():
        raise Invalid(f"文件 {target} 已存在，请换一个名字。")
    with console.waiting("正在备份……"):
        written = write(target, now, with_key=args.with_key)
    lines = [f"已备份到 {target}（{written['megabytes']} MB，附件 {written['files']} 个）。"]
    if not args.with_key:
        lines.append(f"密钥没有放进备份，请另行保管：{environment.data_dir() / 'secret_key'}")
        lines.append("没有密钥，备份中加密的姓名和电话无法读出。")
    console.emit(args, {"file": str(target), **written}, lines)
    return 0


def write(target: Path, now: datetime, *, with_key: bool) -> dict[str, Any]:
    """Write the archive at ``target`` through a file beside it; its size in megabytes and the number of attachments."""
    with tempfile.TemporaryDirectory(prefix=".huying-backup-", dir=target.absolute().parent) as folder:
        dump, partial = Path(folder) / "database.dump", Path(folder) / "backup.tar"
        programs.run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        with dump.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        manifest = archive.Manifest(
            archive.FORMAT,
            huying.__version__,
            now.isoformat(),
            digest,
            archive.key_mark(environment.secret_key()),
        )
        with tarfile.open(partial, "w") as tar:
            _add_text(tar, archive.MANIFEST, json.dumps(manifest.as_dict(), indent=2))
            tar.add(dump, archive.DUMP)
            if with_key:
                _add_text(tar, archive.KEY, environment.secret_key())
            files = _add_media(tar)
        partial.chmod(0o600)
        partial.rename(target)
    return {"megabytes": round(target.stat().st_size / 2**20, 1), "files": files}


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(text.encode())
    entry.mode = 0o600
    tar.addfile(entry, io.BytesIO(text.encode()))


def _add_media(tar: tarfile.TarFile) -> int:
    media = environment.media_dir()
    paths = [path for path in sorted(media.rglob("*")) if path.is_file()] if media.is_dir() else []
    for path in paths:
        tar.add(path, f"{archive.MEDIA}/{path.relative_to(media)}")
    return len(paths)
