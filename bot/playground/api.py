"""Serves the Bot API over HTTP: `/bot<token>/<method>` and the download of files."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.kit.json import Json, JsonView
from bot.playground.call import Call, Method
from bot.playground.check import Checker
from bot.playground.faults import DOWNLOAD, Fault, FaultKind
from bot.playground.refusals import (
    ApiRefusal,
    FloodRefusal,
    NotSupported,
    ServerFailure,
    UnknownMethod,
    WrongToken,
)
from bot.playground.spec import MethodSpec, Spec
from bot.playground.values import Incoming, read_call
from bot.playground.world import World

# Key of the function that cuts a request's connection, set by the protocol (see `protocol.py`).
CUT = "moaref.cut"
PACED = ("send", "edit")
UNPACED = frozenset({"sendChatAction"})


class ConnectionCut(Exception):
    """Signals that the connection is to be closed without an answer."""


@dataclass(slots=True)
class ApiCall:
    """Holds one call in progress: its time (`at`, milliseconds UTC; `started_ns` to time it), and its parsed parts."""

    method: str
    at: int
    started_ns: int
    incoming: Incoming = field(default_factory=lambda: Incoming({}, {}, as_text=True))
    fault: Fault | None = None


class BotApi:
    """Answers calls: token, method, fault, contract, and then the method itself."""

    def __init__(self, world: World, spec: Spec, methods: Mapping[str, Method]) -> None:
        self._world = world
        self._spec = spec
        self._methods = methods
        self._checker = Checker(spec)

    def routes(self) -> list[Route]:
        """Returns the routes that make up the API."""
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.download),
        ]

    async def call(self, request: Request) -> Response:
        """Answers one call, and records it."""
        visit = ApiCall(str(request.path_params["method"]), self._world.now_ms(), time.perf_counter_ns())
        status, body = await self._outcome(request, visit)
        self._note(visit, body)
        if visit.fault is not None and visit.fault.kind in {FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER}:
            await cut(request)
        return in_between(visit.fault) or json_answer(body, status)

    async def download(self, request: Request) -> Response:
        """Answers with a file's content."""
        if (instead := in_between(self._world.faults.take(DOWNLOAD, None))) is not None:
            return instead
        try:
            self._check_token(request)
            stored = self._world.files.by_path(request.path_params["path"])
        except ApiRefusal as refusal:
            return json_answer(refusal.answer(), refusal.code)
        return Response(stored.data, media_type=stored.mime)

    async def _outcome(self, request: Request, visit: ApiCall) -> tuple[int, Json]:
        try:
            self._check_token(request)
            return 200, {"ok": True, "result": await self._answer(request, visit)}
        except ApiRefusal as refusal:
            if refusal.violation:
                self._world.calls.breach(visit.method, shown(visit.incoming), refusal.description)
            return refusal.code, refusal.answer()
        except ConnectionCut:
            return 500, {"ok": False, "description": "the connection was cut"}

    async def _answer(self, request: Request, visit: ApiCall) -> object:
        spec = self._spec.method(visit.method)
        if spec is None:
            raise UnknownMethod
        visit.method = spec.name
        visit.incoming = await read_call(request, _file_fields(spec))
        visit.fault = self._world.faults.take(spec.name, _chat_id(visit.incoming.values))
        if self._world.faults.delay_ms:
            await asyncio.sleep(self._world.faults.delay_ms / 1000)
        _fail(visit.fault)
        return await self._perform(spec, visit.incoming)

    async def _perform(self, spec: MethodSpec, incoming: Incoming) -> object:
        params = self._checker.check(spec, incoming)
        method = self._methods.get(spec.name)
        if method is None:
            raise NotSupported(f"method {spec.name}")
        chat_id = _chat_id(params)
        if chat_id is not None and spec.name.startswith(PACED) and spec.name not in UNPACED:
            self._world.limits.check(self._world.now_ms(), chat_id)
        return await method(self._world, Call(spec.name, params, incoming.uploads))

    def _note(self, visit: ApiCall, body: Json) -> None:
        self._world.calls.add(
            visit.method,
            shown(visit.incoming),
            body,
            at=visit.at,
            took_ms=(time.perf_counter_ns() - visit.started_ns) // 1_000_000,
            fault=visit.fault.kind.value if visit.fault else None,
        )

    def _check_token(self, request: Request) -> None:
        if request.path_params["token"] != self._world.settings.token:
            raise WrongToken


def json_answer(body: object, status: int = 200) -> Response:
    """Returns `body` as a JSON answer."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(content.encode("utf-8", "backslashreplace"), status, media_type="application/json")


def in_between(fault: Fault | None) -> Response | None:
    """Returns the answer of a gateway instead of Telegram's; None where the fault is of another kind."""
    if fault is None or fault.answer is None or fault.kind not in {FaultKind.ANSWER_BEFORE, FaultKind.ANSWER_AFTER}:
        return None
    headers = {"Content-Type": fault.answer.content_type} if fault.answer.content_type else {}
    return Response(fault.answer.content, fault.answer.status, headers)


def shown(incoming: Incoming) -> Json:
    """Returns a call's parameters for the log: uploads by name and size."""
    uploads = {
        name: {"file_name": upload.name, "file_size": len(upload.data)} for name, upload in incoming.uploads.items()
    }
    return {**incoming.values, **({"uploads": uploads} if uploads else {})}


async def cut(request: Request) -> None:
    """Closes the connection under a request, at once."""
    close: Callable[[], None] = request.scope["extensions"][CUT]["close"]
    close()
    await asyncio.sleep(0)  # lets the protocol notice the loss, so that nothing is sent afterwards


def _fail(fault: Fault | None) -> None:
    match fault and fault.kind:
        case FaultKind.TOO_MANY if fault is not None:
            raise FloodRefusal(fault.retry_after)
        case FaultKind.FAILURE:
            raise ServerFailure
        case FaultKind.CUT_BEFORE | FaultKind.ANSWER_BEFORE:
            raise ConnectionCut
        case _:
            return


def _file_fields(spec: MethodSpec) -> frozenset[str]:
    return frozenset(name for name, field in spec.fields.items() if "InputFile" in field.types)


def _chat_id(values: JsonView) -> int | None:
    value = str(values.get("chat_id", ""))
    return int(value) if value.lstrip("-").isdigit() else None
