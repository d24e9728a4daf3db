"""Builds the purchase API's OpenAPI document from its models."""

from typing import Any, Final

from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from handlers.web.models import ID_PATTERN, OrderIn, OrderOut, ProblemOut, RefundIn, RewardOut, UseIn
from handlers.web.problems import MEDIA_TYPE
from handlers.web.services import services_of

VERSION: Final = "1.0.0"
_REFUSALS: Final = {
    "400": "The body is not JSON.",
    "401": "Missing or invalid shop secret. Answers to repeated wrong ones are delayed; the right one's never is.",
    "408": "The body did not arrive in time.",
    "409": "The id or Idempotency-Key was used before with other content.",
    "413": "The body is too large.",
    "415": "The body is not application/json.",
    "422": "The request is invalid, repeats a name in an object, or is refused by the rules: see `code`.",
    "503": "It cannot be recorded now, and nothing has changed; retry, after Retry-After if it is given.",
}
_OF_REFUNDS: Final = {**_REFUSALS, "404": "The shop has no such order."}
_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Makes the request count once; needed for partial refunds that may be retried.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
}


_OF_CODES: Final = {
    "401": _REFUSALS["401"],
    "404": "The code was never issued.",
    "409": "It was used for another order, issued to another person, or does not count: see `code`.",
    "410": "The code has expired.",
    "422": _REFUSALS["422"],
    "503": _REFUSALS["503"],
}
_CODE: Final = {
    "name": "code",
    "in": "path",
    "required": True,
    "description": "The code as the friend enters it, in small letters or capitals.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{4,40}$"},
}
_BUYER: Final = {
    "name": "buyer",
    "in": "query",
    "required": False,
    "description": "The shop's own id of the customer, where there is one.",
    "schema": {"type": "string", "pattern": ID_PATTERN},
}


async def get_document(request: Request) -> Response:
    """Answers with the document."""
    return JSONResponse(document(services_of(request).public_url))


def document(public_url: str) -> dict[str, Any]:
    """Returns the document for a server at that address; "" for the one that is asked."""
    _, definitions = models_json_schema(
        [
            *((each, "validation") for each in (OrderIn, RefundIn, UseIn)),
            *((each, "serialization") for each in (OrderOut, RewardOut, ProblemOut)),
        ],
        ref_template="#/components/schemas/{model}",
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Moaref's purchase API",
            "version": VERSION,
            "description": "Reports purchases and refunds to a referral programme.",
        },
        "servers": [{"url": public_url or "/"}],
        "security": [{"shop": []}],
        "paths": {
            "/api/v1/orders": {"post": _operation("recordOrder", "Record a paid order", "OrderIn", _REFUSALS)},
            "/api/v1/refunds": {"post": _operation("recordRefund", "Record a refund", "RefundIn", _OF_REFUNDS)},
            "/api/v1/rewards/{code}": {"get": _check()},
            "/api/v1/rewards/{code}/use": {"post": _use()},
        },
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {
                "shop": {"type": "http", "scheme": "bearer", "description": "The shop's secret from `[shops.NAME]`."}
            },
        },
    }


def _operation(id: str, summary: str, model: str, refusals: dict[str, str]) -> dict[str, Any]:
    return {
        "operationId": id,
        "summary": summary,
        "parameters": [_KEY],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref(model)}}},
        "responses": {
            "201": _answer("Recorded.", "application/json", "OrderOut"),
            "200": _answer("It was recorded before; the answer is its current state.", "application/json", "OrderOut"),
            **_problems(refusals),
        },
    }


def _check() -> dict[str, Any]:
    return {
        "operationId": "checkReward",
        "summary": "Ask whether a friend's code may be used",
        "parameters": [_CODE, _BUYER],
        "responses": {"200": _answer("It may be used now.", "application/json", "RewardOut"), **_problems(_OF_CODES)},
    }


def _use() -> dict[str, Any]:
    refusals = {**_REFUSALS, **_OF_CODES}
    return {
        "operationId": "useReward",
        "summary": "Use a friend's code for an order, once",
        "parameters": [_CODE],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _ref("UseIn")}}},
        "responses": {
            "201": _answer("Used.", "application/json", "RewardOut"),
            "200": _answer("It was used for this order before.", "application/json", "RewardOut"),
            **_problems(refusals),
        },
    }


def _problems(refusals: dict[str, str]) -> dict[str, Any]:
    return {status: _answer(text, MEDIA_TYPE, "ProblemOut") for status, text in sorted(refusals.items())}


def _answer(description: str, media_type: str, model: str) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": _ref(model)}}}


def _ref(model: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model}"}
