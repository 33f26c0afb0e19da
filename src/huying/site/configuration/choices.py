"""Every choice an operator may make, as one table; ``docs/settings.md`` is written from it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from huying.site.configuration.devices import DEVICES
from huying.site.configuration.patrolling import PATROLLING
from huying.site.configuration.pushing import PUSHING
from huying.site.configuration.setting import Setting
from huying.site.configuration.setting import names as _names
from huying.site.configuration.setting import number as _number


def _text(value: str) -> str:
    return value


def _flag(value: str) -> bool:
    if value.lower() not in {"0", "1", "true", "false", "yes", "no"}:
        raise ValueError("1 / 0")
    return value.lower() in {"1", "true", "yes"}


def _choice(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(" / ".join(choices))
        return value

    return read


def _origins(value: str) -> list[str]:
    for origin in _names(value):
        if not re.fullmatch(r"https?://[^/\s]+", origin):
            raise ValueError("https://host[:port]")
    return _names(value)


def _tiles(value: str) -> list[str]:
    addresses = value.split()
    for address in addresses:
        found = urlsplit(address)
        complete = all(part in address for part in ("{z}", "{x}", "{y}"))
        if found.scheme not in {"https", "http"} or not found.netloc or not complete:
            raise ValueError("https://host/{z}/{x}/{y}")
    return addresses


def _route_link(value: str) -> str:
    if value and not (value.startswith("https://") and "{lon}" in value and "{lat}" in value):
        raise ValueError("https://host/…{lon}…{lat}…")
    return value


def _database_url(value: str) -> str:
    if value and urlsplit(value).scheme not in {"postgresql", "postgres"}:
        raise ValueError("postgresql://user:password@host:port/name")
    return value


def _telephone(value: str) -> str:
    if value not in {"", "simulated"} and not re.fullmatch(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", value):
        raise ValueError("simulated / module:Class")
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s?#]+", value):
        raise ValueError("https://host[:port]")
    return value.rstrip("/")


def _http_url(value: str) -> str:
    return _address(value) if value else value


def _mail_url(value: str) -> str:
    if value and (
        urlsplit(value).scheme not in {"smtp", "smtps", "smtp+tls"} or not urlsplit(value).hostname
    ):
        raise ValueError("smtp[s]://user:password@host:port")
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
        _tiles,
        "",
        "在线底图瓦片地址，含 {z}、{x}、{y}，可用 {s} 表示 0–7 号服务器；"
        "多层用空格隔开（如天地图的底图和注记）；不设则只用自有数据作底图",
        "Addresses of online map tiles with {z}, {x}, {y}, and {s} for servers 0–7; layers separated by "
        "spaces (such as 天地图's map and names); unset: the base map is our own data alone",
    ),
    Setting(
        "TILES_DATUM",
        _choice("cgcs2000", "wgs84", "gcj02"),
        "cgcs2000",
        "在线底图的坐标系：天地图用 cgcs2000，高德、腾讯用 gcj02（显示时纠偏，数据不动）",
        "Datum of the online tiles: cgcs2000 for 天地图, gcj02 for 高德 and 腾讯 "
        "(corrected while drawn; data stay as they are)",
    ),
    Setting(
        "TILES_CREDIT",
        _text,
        "",
        "地图角上写的底图来源和审图号",
        "Source and approval number of the online tiles, written in the corner of each map",
    ),
    Setting(
        "ROUTE_LINK",
        _route_link,
        "https://uri.amap.com/navigation?to={lon},{lat},{name}&mode=walk&coordinate=gaode",
        "居民看路线时点开的地图网址，含 {lon}、{lat}，可有 {name}；系统自己不访问；空着就只用手机自带的地图",
        "Address of a map that residents open for the way there, with {lon}, {lat} and perhaps {name}; the platform "
        "itself never asks it; empty: the phone's own map alone",
    ),
    Setting(
        "ROUTE_LINK_DATUM",
        _choice("cgcs2000", "wgs84", "gcj02", "bd09"),
        "gcj02",
        "上面那个地图的坐标系：高德、腾讯 gcj02，百度 bd09",
        "Datum of that map: gcj02 for 高德 and 腾讯, bd09 for 百度",
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
        "ADDRESS",
        _address,
        "http://127.0.0.1:8000",
        "本平台对外的网址，写进发出去的短信、邮件和微信",
        "Address of this site as people open it, put into messages that leave the house",
    ),
    Setting(
        "NOTICES",
        _path,
        "",
        "没有设通道的短信、邮件、微信写入的文件，一行一条，由网关取走；不设则写进服务日志，只宜演示。通道见 notices.md",
        "File to which messages without a carrier of their own are written, a line each, for a gateway to take; unset: "
        "the server's log, for demonstrations only. Carriers: see notices.md",
        "写进服务日志",
    ),
    Setting(
        "WORK_PROCESSES",
        _number(0, 16),
        "2",
        "大的导出、导入同时做几个，每个是后台的一个单独进程；0 表示这台机器不做",
        "How many large exports and imports run at a time, each a process of its own beside the worker; 0: none on this "
        "machine",
    ),
    Setting(
        "WORK_DAYS",
        _number(1, 365),
        "7",
        "导出的文件在数据目录 work/ 里保留几天",
        "Days for which exported files are kept in work/ of the data folder",
    ),
    Setting(
        "MAIL_URL",
        _mail_url,
        "",
        "邮件服务器，如 smtps://user:password@host:465；smtp:// 不加密，smtp+tls:// 用 STARTTLS",
        "Mail server, such as smtps://user:password@host:465; smtp:// in the clear, smtp+tls:// by STARTTLS",
        secret=True,
    ),
    Setting(
        "ASSISTANT_KEY",
        _text,
        "",
        "huying mcp 用的助手密钥；本人在“我的账号”里发，只从环境变量读",
        "Key of an assistant for huying mcp, made on one's own account's page; read from the environment alone",
        secret=True,
    ),
    Setting(
        "MAIL_FROM",
        _text,
        "huying@localhost",
        "邮件的发件地址",
        "Address that e-mail comes from",
    ),
    Setting(
        "SMS_URL",
        _http_url,
        "",
        "短信网关的 HTTP 接口，请求带签名，写法见 notices.md",
        "HTTP interface of the gateway for short messages; requests are signed, see notices.md",
    ),
    Setting(
        "MODEL_URL",
        _http_url,
        "",
        "外接模型服务（OpenAI 兼容接口），如 http://10.0.0.5:8000/v1；不设则不用。只在分拨台旁给看法，从不自动立案；发出的文字去掉号码和姓名",
        "A model server of your own (OpenAI-compatible), such as http://10.0.0.5:8000/v1; unset: none. It only gives "
        "an opinion beside the dispatch desk; numbers and names are taken out of what it is sent",
    ),
    Setting("MODEL_NAME", _text, "default", "外接模型的名字", "Name of the model at that server"),
    Setting("MODEL_KEY", _text, "", "外接模型服务的密钥", "Key for that server", secret=True),
    Setting("SMS_KEY", _text, "", "短信网关给我们的名字", "Our name at that gateway"),
    Setting(
        "SMS_SECRET",
        _text,
        "",
        "短信网关的签名密钥",
        "Secret that signs requests to that gateway",
        secret=True,
    ),
    Setting(
        "WECHAT",
        _choice("", "work", "service"),
        "",
        "微信通道：work 企业微信，service 公众号模板消息；不设则没有",
        "WeChat: work for 企业微信, service for template messages of a 公众号; unset: none",
    ),
    Setting("WECHAT_ID", _text, "", "微信的 corpid 或 appid", "corpid or appid"),
    Setting("WECHAT_SECRET", _text, "", "微信的 corpsecret 或 secret", "corpsecret or secret", secret=True),
    Setting(
        "WECHAT_SENDER",
        _text,
        "",
        "企业微信的应用 agentid，或公众号的模板编号",
        "agentid of 企业微信, or the template's id",
    ),
    Setting(
        "WECHAT_URL",
        _http_url,
        "",
        "微信接口地址，有中转时设",
        "Host of the WeChat interface, where a relay stands between",
        "腾讯的接口",
    ),
    *PUSHING,
    *DEVICES,
    *PATROLLING,
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
        "make test 里各领域和各岗位旅程的测试所用的 PostgreSQL 15 地址",
        "PostgreSQL 15 on which make test runs the tests of domains and journeys",
        secret=True,
    ),
    Setting("DEBUG", _flag, "0", "开发用：显示错误详情", "For development: show the details of errors"),
)
