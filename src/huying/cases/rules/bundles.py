"""存证包: everything about one case as one signed file (R404), how it is made and how it is checked.

A zip of JSON files; ``manifest.json`` names each with size and SHA-256, ``signature.json`` holds the installation's
signature over the manifest's bytes. The form is described in ``docs/ledger.md``.
"""

import json
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from typing import IO, Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from huying.cases.rules.holding import Held, held
from huying.cases.rules.signing import ALGORITHM, PublicKey, public_of, signed_by
from huying.kernel.digest import canonical, digest, salted
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

FORMAT: Final = "huying-bundle/1"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
_MOST_BYTES: Final = 512 * 1024 * 1024


def pack(
    file: IO[bytes], contents: Mapping[str, Any], about: Mapping[str, Any], key: Ed25519PrivateKey
) -> None:
    """Write the bundle: ``contents`` by file name, as JSON; ``about`` goes into the manifest."""
    texts = {name: _text(value) for name, value in contents.items()}
    listed = {name: {"bytes": len(text), "sha256": sha256(text).hexdigest()} for name, text in texts.items()}
    manifest = _text({"format": FORMAT, **about, "files": listed})
    public = public_of(key)
    signature = {
        "algorithm": ALGORITHM,
        "key": public.id,
        "public": public.hex,
        "signature": key.sign(manifest).hex(),
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, text in {**texts, MANIFEST: manifest, SIGNATURE: _text(signature)}.items():
            whole.writestr(name, text)


def check(file: IO[bytes], keys: Mapping[str, str] | None = None, roots: Any = None) -> Held:
    """Check a bundle. Raises Invalid, naming the first thing that does not hold.

    ``keys``: published keys, id → hex; None believes the one inside, which proves only that nothing was damaged.
    ``roots``: the published roots; None takes those inside.
    """
    try:
        with zipfile.ZipFile(file) as whole:
            texts = _texts(whole)
        _check_signature(texts, keys)
        _check_files(texts)
        read = {name: json.loads(text) for name, text in texts.items()}
        outcome = held(read["proof.json"], roots if roots is not None else read["roots.json"])
        _check_entries(read["entries.json"], read["proof.json"]["cases"][0]["entries"])
        _check_words(read["words.json"], read["entries.json"])
    except (LookupError, TypeError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise Invalid(said("存证包残缺：%(why)s", why=str(error))) from error
    return outcome


def _texts(whole: zipfile.ZipFile) -> dict[str, bytes]:
    if sum(info.file_size for info in whole.infolist()) > _MOST_BYTES:
        raise Invalid("存证包太大。")
    return {name: whole.read(name) for name in whole.namelist()}


def _check_signature(texts: Mapping[str, bytes], keys: Mapping[str, str] | None) -> None:
    given = json.loads(texts[SIGNATURE])
    public = given["public"] if keys is None else keys.get(given["key"], "")
    if not public:
        raise Invalid("存证包不是用已公布的公钥签的。")
    if (given["algorithm"], given["public"], given["key"]) != (ALGORITHM, public, PublicKey(public).id):
        raise Invalid("signature.json 被改动。")
    if not signed_by(public, bytes.fromhex(given["signature"]), texts[MANIFEST]):
        raise Invalid("签名不符：manifest.json 或签名被改动。")


def _check_files(texts: Mapping[str, bytes]) -> None:
    manifest = json.loads(texts[MANIFEST])
    if manifest["format"] != FORMAT:
        raise Invalid("不认识的存证包格式。")
    listed = manifest["files"]
    if extra := sorted(set(texts) ^ {*listed, MANIFEST, SIGNATURE}):
        raise Invalid(said("多出或缺少文件：%(extra)s。", extra="、".join(extra)))
    for name, sealed in listed.items():
        if sha256(texts[name]).hexdigest() != sealed["sha256"]:
            raise Invalid(said("%(name)s 被改动。", name=name))


def _check_entries(entries: list[dict[str, Any]], proved: list[dict[str, Any]]) -> None:
    if len(entries) != len(proved):
        raise Invalid("办理记录与证明的条数不符。")
    for entry, proof in zip(entries, proved, strict=True):
        if digest(canonical(entry["content"]), proof["algorithm"]).hex() != proof["content"]:
            raise Invalid(said("第 %(seq)s 步的内容与封签不符。", seq=proof["seq"]))


def _check_words(words: list[dict[str, Any]], entries: list[dict[str, Any]]) -> None:
    by_seq = {entry["seq"]: entry for entry in entries}
    for each in words:
        entry = by_seq[each["seq"]]
        # What was erased by law has no words any more; its digest still stands in the chain.
        if each["erased"]:
            continue
        sealed = entry["content"]["facts"][each["name"]]["digest"]
        if salted(each["text"], bytes.fromhex(each["salt"]), entry["algorithm"]).hex() != sealed:
            raise Invalid(
                said("第 %(seq)s 步的文字“%(label)s”与封存的摘要不符。", seq=each["seq"], label=each["label"])
            )


def _text(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, default=str).encode()
