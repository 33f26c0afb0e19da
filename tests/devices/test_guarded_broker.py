"""A broker set up as docs/devices.md says: TLS, an account for each device, and nobody speaks on another's topic."""

import datetime as dt
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from huying.devices.channels.listening import Broker
from huying.devices.channels.waiting import Arrived
from tests.devices.test_listening import Heard, Running
from tests.journeys.instance import folder
from tests.site.embedded.waiting import until

MOSQUITTO, PASSWD = shutil.which("mosquitto"), shutil.which("mosquitto_passwd")
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not (MOSQUITTO and PASSWD), reason="mosquitto is not installed on this machine"),
]


@dataclass(frozen=True)
class Guarded:
    """Where it listens, and who signed its certificate."""

    port: int
    ca: str

    def url(self, user: str, scheme: str = "mqtts") -> str:
        return f"{scheme}://{user}:{user}-secret@127.0.0.1:{self.port}"


@pytest.fixture(scope="module")
def guarded() -> Iterator[Guarded]:
    with folder() as made:
        made.chmod(0o755)
        _certificate(made)
        users = made / "passwords"
        for number, user in enumerate(("huying", "SOS-1", "SOS-2")):
            create = ["-c"] if number == 0 else []
            subprocess.run(
                [str(PASSWD), "-b", *create, str(users), user, f"{user}-secret"],
                check=True,
                capture_output=True,
            )
        (made / "acl").write_text("user huying\ntopic read huying/#\npattern write huying/990101/%u\n")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (made / "broker.conf").write_text(
            f"listener {port} 127.0.0.1\ncertfile {made}/cert.pem\nkeyfile {made}/key.pem\nallow_anonymous false\n"
            f"password_file {users}\nacl_file {made}/acl\nmax_inflight_messages 1000\nuser root\n"
        )
        for path in made.iterdir():
            path.chmod(0o644)
        serving = subprocess.Popen(
            [str(MOSQUITTO), "-c", str(made / "broker.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until(lambda: _answers(port), 20)
            yield Guarded(port, str(made / "cert.pem"))
        finally:
            serving.terminate()
            serving.wait(10)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _certificate(made: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    own = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    made_of = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2)).add_extension(own, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )  # fmt: skip
    signed = made_of.sign(key, hashes.SHA256())
    (made / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (made / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))


def _say(guarded: Guarded, user: str, topics: Sequence[str]) -> None:
    client = Client(CallbackAPIVersion.VERSION2)
    client.username_pw_set(user, f"{user}-secret")
    client.tls_set(ca_certs=guarded.ca)
    client.connect("127.0.0.1", guarded.port)
    client.loop_start()
    try:
        for topic in topics:
            client.publish(topic, user.encode(), qos=1).wait_for_publish(10)
    finally:
        client.disconnect()
        client.loop_stop()


class Topics(Heard):
    """Remembers on which topics it was spoken."""

    def __init__(self) -> None:
        super().__init__()
        self.topics: list[str] = []

    def __call__(self, batch: Sequence[Arrived]) -> None:
        super().__call__(batch)
        self.topics += [one.topic for one in batch]


def test_a_device_is_heard_on_its_own_topic_alone(guarded: Guarded) -> None:
    keep = Topics()
    broker = Broker(guarded.url("huying"), f"t{uuid4().hex[:12]}", ["huying/+/+"], guarded.ca)
    with Running(broker.client, "", keep, broker):
        _say(
            guarded,
            "SOS-1",
            ["huying/990101/SOS-2", "huying/990102/SOS-1", "other/990101/SOS-1", "huying/990101/SOS-1"],
        )
        _say(guarded, "SOS-2", ["huying/990101/SOS-2"])
        until(lambda: len(keep.topics) >= 2, 10)
    assert keep.topics == ["huying/990101/SOS-1", "huying/990101/SOS-2"]
    assert keep.payloads == [b"SOS-1", b"SOS-2"]


@pytest.mark.parametrize("wrong", ["signer", "password", "plain"])
def test_a_broker_that_is_not_trusted_or_does_not_trust_us_is_not_heard(guarded: Guarded, wrong: str) -> None:
    url = guarded.url("huying", "mqtt" if wrong == "plain" else "mqtts")
    if wrong == "password":
        url = url.replace("-secret", "-guessed")
    broker = Broker(url, f"t{uuid4().hex[:12]}", ["huying/+/+"], "" if wrong == "signer" else guarded.ca)
    with pytest.raises(AssertionError, match="not within"), Running(broker.client, "", Heard(), broker, 2):
        pass
