"""What an operator may choose of devices: where they are heard, and for how long what they said is kept."""

from typing import Final
from urllib.parse import urlsplit

from huying.site.configuration.setting import Setting, names, number


def _mqtt_url(value: str) -> str:
    found = urlsplit(value)
    if value and (found.scheme not in {"mqtt", "mqtts"} or not found.hostname):
        raise ValueError("mqtt[s]://user:password@host:port")
    return value


def _port(value: str) -> tuple[str, int] | None:
    if not value:
        return None
    found = urlsplit(f"//{value}")
    if not found.hostname or not found.port:
        raise ValueError("host:port")
    return found.hostname, found.port


DEVICES: Final[tuple[Setting, ...]] = (
    Setting(
        "MQTT_URL",
        _mqtt_url,
        "",
        "设备消息的 MQTT 服务器，如 mqtts://user:password@host:8883；mqtt:// 不加密。不设则不接收，见 devices.md",
        "MQTT broker of devices, such as mqtts://user:password@host:8883; mqtt:// in the clear. Unset: none is "
        "listened to, see devices.md",
        secret=True,
    ),
    Setting(
        "MQTT_TOPICS",
        names,
        "huying/+/+",
        "订阅的主题，逗号隔开；倒数第二段是区划代码，最后一段是设备编号。几台机器一起接收时写 $share/huying/huying/+/+",
        "Topics subscribed to, separated by commas; the last but one part is the district's code, the last the "
        "device's. Where several machines listen together: $share/huying/huying/+/+",
    ),
    Setting(
        "MQTT_CLIENT",
        str,
        "huying",
        "在 MQTT 服务器上的客户端名称，每台接收的机器各不相同；服务器按它保存未收完的消息",
        "Client id at the broker, another one on each machine that listens; under it the broker keeps what was not "
        "taken yet",
    ),
    Setting(
        "MQTT_CA",
        str,
        "",
        "MQTT 服务器证书的签发者证书文件；不设则用系统信任的",
        "File of the authority that signed the broker's certificate; unset: those the system trusts",
    ),
    Setting(
        "HJ212",
        _port,
        "",
        "HJ 212 监测站点（数采仪）连接的地址和端口，如 0.0.0.0:9212；不加密，请放在专网或防火墙之后。不设则不接收",
        "Address and port that stations of HJ 212 call, such as 0.0.0.0:9212; in the clear, so behind a firewall or in "
        "a network of their own. Unset: none is listened to",
    ),
    Setting(
        "READING_MONTHS",
        number(1, 240),
        "13",
        "设备读数逐条保留几个月，每小时的汇总不删",
        "Months for which each reading of devices is kept; hourly sums stay",
    ),
)
