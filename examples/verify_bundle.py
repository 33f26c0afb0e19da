"""Is a case's bundle whole and signed by the key that its platform publishes? Python alone, nothing of huying.

python verify_bundle.py bundle.zip PUBLIC_KEY_HEX [roots.json]      roots kept elsewhere say more than those inside
"""

import hashlib
import hmac
import json
import sys
import zipfile
from pathlib import Path

from ed25519 import signed
from verify_ledger import mark, must, verify


def check(bundle, key, roots=None):
    texts = {name: bundle.read(name) for name in bundle.namelist()}
    manifest, given = texts.pop("manifest.json"), json.loads(texts.pop("signature.json"))
    signature = bytes.fromhex(given["signature"])
    must(
        signed(bytes.fromhex(key), signature, manifest), "签名不符：不是这把公钥签的，或 manifest.json 被改动"
    )
    listed = json.loads(manifest)["files"]
    must(set(listed) == set(texts), f"多出或缺少文件：{set(listed) ^ set(texts)}")
    for name, text in texts.items():
        must(hashlib.sha256(text).hexdigest() == listed[name]["sha256"], f"{name} 被改动")
    read = {name: json.loads(text) for name, text in texts.items()}
    told = verify(read["proof.json"], roots or read["roots.json"])
    proved = read["proof.json"]["cases"][0]["entries"]
    for entry, proof in zip(read["entries.json"], proved, strict=True):
        content = mark(entry["content"], (), proof["algorithm"]).hex()
        must(content == proof["content"], f"第 {proof['seq']} 步的内容与封签不符")
    for words in (each for each in read["words.json"] if not each["erased"]):
        entry = read["entries.json"][words["seq"] - 1]
        salt, how = bytes.fromhex(words["salt"]), entry["algorithm"]
        said = entry["content"]["facts"][words["name"]]["digest"]
        kept = hmac.new(salt, words["text"].encode(), how).hexdigest()
        must(kept == said, f"第 {words['seq']} 步的文字与摘要不符")
    return told


if __name__ == "__main__":
    try:
        kept = json.loads(Path(sys.argv[3]).read_bytes()) if sys.argv[3:] else None
        sys.stdout.write(check(zipfile.ZipFile(sys.argv[1]), sys.argv[2], kept))
    except (LookupError, TypeError, ValueError, AttributeError, OSError, zipfile.BadZipFile) as wrong:
        sys.exit(f"不相符：{wrong}")
