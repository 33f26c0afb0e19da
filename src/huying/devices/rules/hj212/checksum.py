"""The standard's CRC16 (HJ 212-2017, annex A). It is not that of Modbus, though it shares its polynomial."""

from typing import Final

_POLYNOMIAL: Final = 0xA001


def _turned(byte: int) -> int:
    for _ in range(8):
        byte = byte >> 1 ^ (_POLYNOMIAL if byte & 1 else 0)
    return byte


# The register takes part by its high byte alone, and is shifted before the byte comes in: this is the difference.
_TABLE: Final = tuple(_turned(byte) for byte in range(256))


def crc16(data: bytes) -> int:
    """The checksum of a data segment.

    By the standard: r = 0xFFFF; for each byte r = (r >> 8) ^ byte, then eight times a shift to the right, and where a 1
    was shifted out r ^= 0xA001. The upper half of (r >> 8) ^ byte is nought, so that a table of 256 says the same.
    """
    register = 0xFFFF
    for byte in data:
        register = _TABLE[register >> 8 ^ byte]
    return register
