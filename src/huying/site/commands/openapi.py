"""``huying openapi``: the description of the interface, for programs that make clients; asks no database."""

import argparse
import sys

import orjson

from huying.api.urls import urlpatterns
from huying.api.v1.interface import api

EXAMPLES = """
  huying openapi > huying.json     OpenAPI 3.1，用来生成各种语言的客户端
"""
_PREFIX = "api/v1/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(args: argparse.Namespace) -> int:
    """0 when the description was printed."""
    assert urlpatterns
    told = orjson.dumps(api.get_openapi_schema(path_prefix=_PREFIX), option=orjson.OPT_INDENT_2)
    sys.stdout.buffer.write(told + b"\n")
    return 0
