"""The description of the interface (OpenAPI 3.0), in our own words, for clients and for the checker that walks it."""

from functools import lru_cache
from typing import Any, Final

import orjson

from huying.api.open311.telling.discovery import PRODUCTION, TRIAL
from huying.api.open311.wire.formats import Format
from huying.cases.queries.outside.requests import FIELDS
from huying.catalogue.rules.questions import Datatype

_TIMES: Final = frozenset({"requested_datetime", "updated_datetime", "expected_datetime"})
_TEXT: Final = {"type": "string"}
_MAYBE: Final = {"type": "string", "nullable": True}
_MEDIA: Final = tuple(each.media_type.partition(";")[0] for each in Format)


@lru_cache(maxsize=8)
def description(root: str, base: str = PRODUCTION) -> bytes:
    """The whole description; ``root`` is the site's own address, ``base`` the endpoint that is named first."""
    servers = [
        {"url": root + path, "description": kind}
        for path, kind in sorted(
            ((PRODUCTION, "production"), (TRIAL, "test")), key=lambda each: each[0] != base
        )
    ]
    whole = {
        "openapi": "3.0.3",
        "info": {
            "title": "Open311 GeoReport v2",
            "version": "2.0",
            "description": "呼应对外接口，规范见 wiki.open311.org",
        },
        "servers": servers,
        "paths": {**_services(), **_requests(), **_tokens(), **_updates()},
        "components": {"schemas": _schemas(), "securitySchemes": _schemes()},
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2)


def _schemes() -> dict[str, Any]:
    return {
        "api_key": {"type": "apiKey", "name": "api_key", "in": "query"},
        "bearer": {"type": "http", "scheme": "bearer"},
    }


def _query(name: str, said: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": said, "schema": schema or _TEXT}


def _path(name: str, said: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": said,
        "schema": {"type": "string", "minLength": 1},
    }


_FORMAT: Final = {
    "name": "format", "in": "path", "required": True,
    "schema": {"type": "string", "enum": [each.value for each in Format]},
}  # fmt: skip
_PLACE: Final = _query("jurisdiction_id", "区划代码或域名；只有一个区时可不给")
_KEY: Final = _query("api_key", "接口密钥；不给即公众")
_TIME: Final = {"type": "string", "format": "date-time"}
_NUMBER: Final = {"type": "number"}
_COUNT: Final = {"type": "integer", "minimum": 1, "maximum": 1000}
_PAGES: Final = (
    _query("page", "第几页，从 1 起", _COUNT),
    _query("page_size", "每页多少，最多 1000", _COUNT),
)
_EXTRA: Final = _query("extensions", "true：多给扩展字段", {"type": "string", "enum": ["true", "false"]})


def _answers(schema: dict[str, Any], *more: str) -> dict[str, Any]:
    good = {"description": "好", "content": _content(schema)}
    bad = {"description": "错误", "content": _content({"$ref": "#/components/schemas/Errors"})}
    return {"200": good, **{status: bad for status in ("400", "403", "404", "405", *more)}}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    # The shape is that of the JSON; the XML has a root and an element for each row.
    return {_MEDIA[1]: {"schema": schema}, _MEDIA[0]: {}}


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _services() -> dict[str, Any]:
    place = (_query("lat", "纬度：不在本区即没有服务", _NUMBER), _query("long", "经度", _NUMBER))
    return {
        "/services.{format}": {"get": {
            "summary": "服务（职责清单的事项）", "parameters": [_FORMAT, _PLACE, *place, _KEY],
            "responses": _answers(_list("Service")),
        }},
        "/services/{service_code}.{format}": {"get": {
            "summary": "一项服务要问什么",
            "parameters": [_path("service_code", "事项代码"), _FORMAT, _PLACE, _EXTRA, _KEY],
            "responses": _answers({"$ref": "#/components/schemas/ServiceDefinition"}),
        }},
    }  # fmt: skip


def _requests() -> dict[str, Any]:
    asked = [
        _query("service_request_id", "逗号分隔；给了它，别的条件都不算"), _query("service_code", "逗号分隔"),
        _query("start_date", "何时起提出；和 end_date 最多隔 90 天", _TIME), _query("end_date", "何时止", _TIME),
        _query("status", "open、closed，逗号分隔"), _query("updated_after", "何时起有变化", _TIME),
        _query("updated_before", "何时止有变化", _TIME), _query("lat", "纬度", _NUMBER), _query("long", "经度", _NUMBER),
        _query("radius", "方圆多少米，默认 1000", _NUMBER), *_PAGES, _EXTRA,
    ]  # fmt: skip
    form = {
        "application/x-www-form-urlencoded": {"schema": _form()},
        "multipart/form-data": {"schema": _form({"media": {"type": "string", "format": "binary"}})},
    }
    return {
        "/requests.{format}": {
            "get": {
                "summary": "查诉求，新的在前", "parameters": [_FORMAT, _PLACE, _KEY, *asked],
                "responses": _answers(_list("Request")),
            },
            "post": {
                "summary": "提交诉求", "parameters": [_FORMAT], "requestBody": {"required": True, "content": form},
                "security": [{}, {"api_key": []}, {"bearer": []}],
                "responses": _answers(_list("Kept"), "413", "429", "503"),
            },
        },
        "/requests/{service_request_id}.{format}": {"get": {
            "summary": "一件诉求",
            "parameters": [_path("service_request_id", "案件编号"), _FORMAT, _PLACE, _KEY, _EXTRA],
            "responses": _answers(_list("Request")),
        }},
    }  # fmt: skip


def _form(more: dict[str, Any] | None = None) -> dict[str, Any]:
    names = (
        "jurisdiction_id", "api_key", "service_code", "address_string", "address_id", "email", "device_id", "account_id",
        "first_name", "last_name", "phone", "description", "media_url",
    )  # fmt: skip
    texts: dict[str, Any] = {name: _TEXT for name in names}
    texts |= {"lat": _NUMBER, "long": _NUMBER, "description": {"type": "string", "maxLength": 4000}}
    return {"type": "object", "required": ["service_code"], "properties": texts | (more or {})}


def _tokens() -> dict[str, Any]:
    return {
        "/tokens/{token}.{format}": {"get": {
            "summary": "用 token 换编号", "parameters": [_path("token", "提交时给的 token"), _FORMAT, _PLACE, _KEY],
            "responses": _answers(_list("Token")),
        }},
    }  # fmt: skip


def _updates() -> dict[str, Any]:
    asked = [
        _query("start_date", "何时起", _TIME), _query("end_date", "何时止", _TIME),
        _query("service_request_id", "逗号分隔"), *_PAGES,
    ]  # fmt: skip
    names = (
        "jurisdiction_id",
        "service_request_id",
        "status",
        "description",
        "media_url",
        "update_id_ext",
        "email",
    )
    form = {
        "type": "object", "required": ["service_request_id", "description"],
        "properties": {**{name: _TEXT for name in names}, "updated_datetime": _TIME},
    }  # fmt: skip
    return {
        "/servicerequestupdates.{format}": {
            "get": {
                "summary": "办理进展", "parameters": [_FORMAT, _PLACE, _KEY, *asked],
                "responses": _answers(_list("Update")),
            },
            "post": {
                "summary": "送来进展", "parameters": [_FORMAT],
                "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}},
                "security": [{"api_key": []}, {"bearer": []}], "responses": _answers(_list("UpdateKept"), "413"),
            },
        },
    }  # fmt: skip


def _object(properties: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def _schemas() -> dict[str, Any]:
    request: dict[str, Any] = {name: _MAYBE for name in FIELDS}
    request |= {name: {**_TIME, "nullable": name == "expected_datetime"} for name in _TIMES}
    request |= {name: {"type": "number", "nullable": True} for name in ("lat", "long")}
    request |= {name: _TEXT for name in ("service_request_id", "service_code")}
    request["status"] = {"type": "string", "enum": ["open", "closed"]}
    request["extended_attributes"] = {"type": "array", "items": {"type": "object"}}
    value = _object({"key": _TEXT, "name": _TEXT}, ("key", "name"))
    attribute = {
        "variable": {"type": "boolean"}, "code": _TEXT, "required": {"type": "boolean"}, "description": _TEXT,
        "datatype": {"type": "string", "enum": [each.value for each in Datatype]}, "datatype_description": _MAYBE,
        "order": {"type": "integer", "minimum": 1}, "values": {"type": "array", "items": value},
    }  # fmt: skip
    must = ("variable", "code", "datatype", "required", "order", "description")
    service = {
        "service_code": _TEXT, "service_name": _TEXT, "description": _MAYBE, "metadata": {"type": "boolean"},
        "type": {"type": "string", "enum": ["realtime", "batch", "blackbox"]}, "keywords": _MAYBE, "group": _MAYBE,
    }  # fmt: skip
    return {
        "Service": _object(service, ("service_code", "service_name", "metadata", "type")),
        "ServiceDefinition": _object(
            {"service_code": _TEXT, "attributes": {"type": "array", "items": _object(attribute, must)}},
            ("service_code", "attributes"),
        ),
        "Request": _object(request, tuple(FIELDS)),
        "Kept": {
            "type": "object",
            "properties": {"service_request_id": _TEXT, "token": _TEXT, "service_notice": _MAYBE, "account_id": _MAYBE},
            "oneOf": [{"required": ["service_request_id"]}, {"required": ["token"]}],
        },
        "Token": _object({"service_request_id": _TEXT, "token": _TEXT}, ("service_request_id", "token")),
        "Update": _object(
            {
                "update_id": _TEXT, "service_request_id": _TEXT, "status": request["status"], "updated_datetime": _TIME,
                "description": _TEXT, "media_url": _MAYBE,
            },
            ("update_id", "service_request_id", "status", "updated_datetime", "description", "media_url"),
        ),
        "UpdateKept": _object({"update_id": _TEXT}, ("update_id",)),
        "Errors": {
            "type": "array", "minItems": 1,
            "items": _object({"code": {"type": "integer"}, "description": _TEXT}, ("code", "description")),
        },
    }  # fmt: skip
