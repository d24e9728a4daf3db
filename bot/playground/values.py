"""Reads an HTTP call before it is checked: values and uploaded files.

A call may arrive as a query, a form, a multipart form or a JSON body, and Telegram treats them alike. Forms carry only
text, so objects arrive as JSON inside text; `Incoming.as_text` records that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.kit.json import Json, JsonView
from bot.playground.refusals import MalformedCall

ATTACHED = "attach://"


@dataclass(frozen=True, slots=True)
class Upload:
    """Holds one uploaded file: its name, its content and its declared type."""

    name: str
    data: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """Holds a call's raw values by field name, and its uploads by part name.

    A part named like a field of the call is in `values` as `attach://NAME`, so that both ways of sending a file look
    the same afterwards.
    """

    values: JsonView
    uploads: Mapping[str, Upload]
    as_text: bool


async def read_call(request: Request, file_fields: frozenset[str]) -> Incoming:
    """Reads a call from `request`; parts named in `file_fields` are its direct uploads.

    Raises `MalformedCall` where a JSON body is not a JSON object.
    """
    query: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return Incoming({**query, **_json_object(await request.body())}, {}, as_text=False)
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return Incoming(query, {}, as_text=True)
    uploads: dict[str, Upload] = {}
    async with request.form() as form:
        for name, part in form.multi_items():
            if isinstance(part, UploadFile):
                uploads[name] = Upload(part.filename or name, await part.read(), part.content_type or "")
                if name in file_fields:
                    query[name] = ATTACHED + name
            else:
                query[name] = part
    return Incoming(query, uploads, as_text=True)


def _json_object(body: bytes) -> Json:
    if not body.strip():
        return {}
    try:
        content = json.loads(body)
    except ValueError:
        raise MalformedCall("can't parse JSON object") from None
    if not isinstance(content, dict):
        raise MalformedCall("expected a JSON object")
    return content
