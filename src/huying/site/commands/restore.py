"""``huying restore``: bring back what ``huying backup`` wrote."""

import argparse
import hashlib
import shutil
import tarfile
import tempfile
from pathlib import Path

from django.db import connection

from huying.cases.actions.restoring import go_on_after_restore
from huying.kernel.errors import Conflict, Invalid
from huying.site import console, schema, writer
from huying.site.backups import archive, programs
from huying.site.configuration import environment

EXAMPLES = """
  huying restore huying-20260101-030000.tar            恢复到空数据库
  huying restore huying-20260101-030000.tar --force    先清空现有数据库，再恢复
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="备份文件")
    parser.add_argument("--force", action="store_true", help="清空现有数据库；其中的数据将丢失")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Restore database and attachments, then bring the tables to this version."""
    if not args.file.is_file():
        raise Invalid(f"没有找到备份文件 {args.file}。")
    try:
        with tarfile.open(args.file) as tar, tempfile.TemporaryDirectory(prefix="huying-restore-") as folder:
            manifest = archive.manifest_of(tar)
            dump = _checked_dump(tar, Path(folder), manifest)
            # Whatever these programs cannot read must come to light before anything is cleared.
            programs.run("pg_restore", "--list", str(dump))
            with writer.as_owner():
                _clear(force=args.force)
            with console.waiting("正在恢复……"):
                programs.run("pg_restore", *_HOW, f"--dbname={connection.settings_dict['NAME']}", str(dump))
                files = _restore_media(tar, Path(folder))
                schema.migrate()
                with writer.as_owner():
                    go_on_after_restore()
    except tarfile.ReadError:
        raise Invalid("这不是呼应的备份文件。") from None
    same_key = manifest.key_mark == archive.key_mark(environment.secret_key())
    lines = [f"已恢复 {manifest.created} 的备份，附件 {files} 个。"]
    if not same_key:
        lines.append("密钥与备份时不同：请换回原来的密钥，否则加密的姓名和电话无法读出。")
    console.emit(args, {"created": manifest.created, "files": files, "same_key": same_key}, lines)
    return 0


_HOW = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")


def _checked_dump(tar: tarfile.TarFile, folder: Path, manifest: archive.Manifest) -> Path:
    tar.extract(archive.DUMP, folder, filter="data")
    with (folder / archive.DUMP).open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != manifest.dump_sha256:
            raise Invalid("备份文件已损坏：数据库部分与登记的摘要不符。")
    return folder / archive.DUMP


def _clear(*, force: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_tables where schemaname = 'public'")
        if not cursor.fetchone()[0]:
            return
        if not force:
            raise Conflict("数据库不是空的。确定要清空后恢复，请加 --force。")
        cursor.execute("drop schema public cascade")
        cursor.execute("create schema public")


def _restore_media(tar: tarfile.TarFile, folder: Path) -> int:
    entries = [entry for entry in tar.getmembers() if entry.name.startswith(f"{archive.MEDIA}/")]
    tar.extractall(folder, entries, filter="data")
    if entries:
        shutil.copytree(folder / archive.MEDIA, environment.media_dir(), dirs_exist_ok=True)
    return len(entries)
