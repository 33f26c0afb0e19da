"""Does a case's history hold against the published roots? python verify_ledger.py proof.json roots.json"""

# fmt: off
import hashlib
import json
import sys
from pathlib import Path


def digest(data, how):
    return hashlib.new(how, data).digest()
def mark(record, without, how, before=b""):
    kept = {name: value for name, value in record.items() if name not in without}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest(before + text.encode(), how)
def must(holds, told):
    if not holds:
        raise ValueError(told)
def roots_of(file):
    link = b""
    for place, day in enumerate(file["days"], 1):
        link = link or mark(file, ("days", "head"), day["algorithm"])
        link = mark(day, ("link",), day["algorithm"], link)
        must((day["place"], day["link"]) == (place, link.hex()), f"总摘要文件第 {place} 行（{day['day']}）被改动")
    must(file["format"] == "huying-roots/1" and file["head"] in (link.hex(), ""), "总摘要文件首尾被改动")
    return {day["day"]: day for day in file["days"]}

def verify(proof, roots):
    known, covered = roots_of(roots), 0
    must((proof["format"], proof["district"]) == ("huying-proof/1", roots["district"]), "证明文件的区或格式不符")
    for case in proof["cases"]:
        seal, sure = bytes(32), 0
        for seq, entry in enumerate(case["entries"], 1):
            how, here = entry["algorithm"], f"案件 {case['number']} 第 {seq} 步"
            must(entry["check"] == mark(entry, ("check",), how).hex(), f"{here}：记载被改动")
            seal = digest(seal + bytes.fromhex(entry["content"]), how)
            must((entry["seq"], entry["seal"]) == (seq, seal.hex()), f"{here}：封签对不上")
            if day := known.get(entry.get("day")):
                node, how, sure = digest(b"\0" + seal, day["algorithm"]), day["algorithm"], seq
                for side, other in ((side, bytes.fromhex(other)) for side, other in entry["path"]):
                    node = digest(b"\1" + (node + other if side == "right" else other + node), how)
                must(node.hex() == day["root"], f"{here}：与 {entry['day']} 公布的总摘要不符")
        covered += sure
    must(proof["check"] == mark(proof, ("check",), proof["algorithm"]).hex(), "证明文件其余部分被改动")
    return f"相符：{covered} 步由公布的总摘要证实，共 {sum(len(case['entries']) for case in proof['cases'])} 步。\n"
if __name__ == "__main__":
    try:
        sys.stdout.write(verify(*(json.loads(Path(name).read_bytes()) for name in sys.argv[1:3])))
    except (LookupError, TypeError, ValueError, AttributeError) as wrong:
        sys.exit(f"不相符：{wrong}")
