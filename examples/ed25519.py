"""Whether an Ed25519 signature is a key's (RFC 8032, section 5.1), in Python alone: to check, never to sign."""

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
BASE = bytes.fromhex("58" + "66" * 31)


def add(one, two):
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    return (b - a) * (d - c) % P, (d + c) * (b + a) % P, (d - c) * (d + c) % P, (b - a) * (b + a) % P


def times(number, point):
    total = (0, 1, 1, 0)
    for bit in bin(number)[2:]:
        total = add(total, total)
        total = add(total, point) if bit == "1" else total
    return total


def point_of(data):
    y = int.from_bytes(data, "little") & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P:
        raise ValueError("不是曲线上的点")
    x = P - x if x & 1 != data[31] >> 7 else x
    return x, y, 1, x * y % P


def signed(key, signature, message):
    """Whether the 64 bytes are this key's (32 bytes) signature under the message."""
    if (len(key), len(signature)) != (32, 64):
        return False
    s = int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    one, two = times(s, point_of(BASE)), add(point_of(signature[:32]), times(h, point_of(key)))
    return s < L and all((one[at] * two[2] - two[at] * one[2]) % P == 0 for at in (0, 1))
