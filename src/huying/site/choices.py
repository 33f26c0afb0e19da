"""Every choice an operator may make, as one table; ``docs/settings.md`` is written from it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

PREFIX: Final = "HUYING_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice: its name without the prefix, how its text is read, what holds without it, what it means.

    ``read`` turns the text into the value and raises ValueError, in words an operator can act on.
    ``default`` is the text that holds when the variable is unset; ``shown`` replaces it in the documentation.
    What is ``secret`` is repeated in no message.
    """

    name: str
    read: Callable[[str], Any]
    default: str
    zh: str
    en: str
    shown: str = ""
    secret: bool = False

    @property
    def variable(self) -> str:
        return PREFIX + self.name


def _text(value: str) -> str:
    return value


def _flag(value: str) -> bool:
    if value.lower() not in {"0", "1", "true", "false", "yes", "no"}:
        raise ValueError("1 / 0")
    return value.lower() in {"1", "true", "yes"}


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ValueError(f"{low}–{high}")
        return int(value)

    return read


def _choice(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(" / ".join(choices))
        return value

    return read


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def _origins(value: str) -> list[str]:
    for origin in _names(value):
        if not re.fullmatch(r"https?://[^/\s]+", origin):
            raise ValueError("https://host[:port]")
    return _names(value)


def _database_url(value: str) -> str:
    if value and urlsplit(value).scheme not in {"postgresql", "postgres"}:
        raise ValueError("postgresql://user:password@host:port/name")
    return value


def _telephone(value: str) -> str:
    if value not in {"", "simulated"} and not re.fullmatch(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", value):
        raise ValueError("simulated / module:Class")
    return value


def _path(value: str) -> Path | None:
    return Path(value).expanduser().absolute() if value else None


TABLE: Final[tuple[Setting, ...]] = (
    Setting(
        "DATABASE_URL",
        _database_url,
        "",
        "数据库地址，如 postgresql://user:password@host:5432/huying；不设则使用内置 PostgreSQL",
        "Database, such as postgresql://user:password@host:5432/huying; unset: the embedded PostgreSQL",
        secret=True,
    ),
    Setting(
        "DATABASE_ROLE",
        _text,
        "",
        "连接数据库后改用的角色，如 huying_writer（先执行 huying ledger role）：对办理链只能追加，不能修改或删除",
        "Role taken on every connection, such as huying_writer (made by huying ledger role): it may add to the ledger "
        "and neither alter nor delete",
    ),
    Setting(
        "DATA_DIR",
        _path,
        "",
        "数据目录：内置数据库、附件、密钥",
        "Data folder: embedded database, attachments, secret key",
        "源码目录下 var/；以 root 运行且该目录不开放时 /var/lib/huying/…",
    ),
    Setting(
        "POSTGRES_BIN",
        _text,
        "",
        "内置数据库使用的 PostgreSQL 程序目录（15 或更新），不设则用随包安装的程序",
        "Folder of PostgreSQL programs (15 or newer) for the embedded database; unset: the installed ones",
    ),
    Setting(
        "HOST", _text, "127.0.0.1", "监听地址；对外服务设 0.0.0.0", "Address to listen on; 0.0.0.0 for all"
    ),
    Setting("PORT", _number(0, 65535), "8000", "监听端口", "Port to listen on"),
    Setting("WEB_PROCESSES", _number(1, 64), "1", "网页服务进程数", "Number of web processes"),
    Setting("WEB_THREADS", _number(1, 256), "8", "每个进程的线程数", "Threads in each web process"),
    Setting(
        "SECRET_KEY",
        _text,
        "",
        "签名密钥，至少 32 个字符；不设则生成并保存在数据目录",
        "Signing key, at least 32 characters; unset: generated and kept in the data folder",
        secret=True,
    ),
    Setting(
        "OLD_SECRET_KEYS",
        _names,
        "",
        "换下的旧密钥，逗号分隔；用它们加密的内容仍可读出",
        "Former keys, separated by commas; what was sealed with them can still be read",
        secret=True,
    ),
    Setting(
        "ALLOWED_HOSTS",
        _names,
        "127.0.0.1,localhost",
        "允许访问的域名或地址，逗号分隔",
        "Host names under which the site may be asked, separated by commas",
    ),
    Setting(
        "TRUSTED_ORIGINS",
        _origins,
        "",
        "反向代理后的访问地址，如 https://huying.example.cn，逗号分隔",
        "Addresses of the site behind a proxy, such as https://huying.example.cn, separated by commas",
    ),
    Setting(
        "PROXIES",
        _number(0, 9),
        "0",
        "前面有几层可信反向代理；决定从 X-Forwarded-For 取第几个地址作为来访者地址",
        "Trusted proxies in front: tells which address of X-Forwarded-For is the visitor's",
    ),
    Setting(
        "HTTPS",
        _flag,
        "0",
        "只用 https 访问：Cookie 仅加密传输，启用 HSTS；代理须设置 X-Forwarded-Proto",
        "Served over https only: secure cookies and HSTS; the proxy must set X-Forwarded-Proto",
    ),
    Setting(
        "DIGEST",
        _choice("sha256", "sm3"),
        "sha256",
        "办理链的摘要算法：sha256 或国密 sm3；启用后不要更改",
        "Digest of the ledger: sha256 or sm3; not to be changed once in use",
    ),
    Setting(
        "TILES",
        _text,
        "",
        "在线底图瓦片地址（如天地图），含 {z}/{x}/{y}；不设则只用自有数据作底图",
        "Address of online map tiles with {z}/{x}/{y}; unset: the base map is our own data alone",
    ),
    Setting(
        "TELEPHONE",
        _telephone,
        "",
        "坐席话机（CTI）：simulated 为模拟话机，用于演示和练习（只支持一个网页进程）；"
        "或自己的适配器 module:Class，见 telephone.md；不设则不接话机",
        "The seats' telephone (CTI): simulated for demonstrations and learning (one web process only), or an adapter of "
        "your own as module:Class, see telephone.md; unset: none",
    ),
    Setting(
        "MEDIA_DIR", _path, "", "照片和附件目录", "Folder of photos and attachments", "数据目录下 media/"
    ),
    Setting(
        "NOTICES",
        _path,
        "",
        "发给居民的短消息（查询验证码）写入的文件，由短信网关取走；不设则写进服务日志，只宜演示",
        "File to which short messages to residents (codes) are written, for a gateway to take; unset: the server's log, "
        "for demonstrations only",
        "写进服务日志",
    ),
    Setting(
        "UPLOAD_MB",
        _number(1, 1024),
        "64",
        "一次请求的大小上限（MB）",
        "Largest request, in megabytes",
    ),
    Setting("LANGUAGE", _choice("zh-hans", "en"), "zh-hans", "默认界面语言", "Default language of the pages"),
    Setting("TIME_ZONE", _text, "Asia/Shanghai", "时区", "Time zone"),
    Setting(
        "TEST_DATABASE_URL",
        _database_url,
        "",
        "make test 第二遍测试使用的 PostgreSQL 15 地址",
        "PostgreSQL 15 on which make test runs the database tests a second time",
        secret=True,
    ),
    Setting("DEBUG", _flag, "0", "开发用：显示错误详情", "For development: show the details of errors"),
)
