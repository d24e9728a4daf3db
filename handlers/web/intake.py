"""Parses requests of the purchase API: JSON as its model describes it."""

from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from handlers.web.authentication import shop_that_asks
from handlers.web.body import body_of
from handlers.web.problems import HttpProblem
from handlers.web.strict_json import RepeatedName, check_names

__all__ = ["API_BYTES_MAX", "model_of", "shop_that_asks"]

API_BYTES_MAX: Final = 256 * 1024
PROBLEMS_MAX: Final = 20

Model = TypeVar("Model", bound=BaseModel)


async def model_of(request: Request, model: type[Model]) -> Model:
    """Parses the request's JSON as the model. Raises HttpProblem, which repeats nothing of the input except names."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise HttpProblem(415, "unsupported_media_type", "Content-Type must be application/json")
    body = await body_of(request, API_BYTES_MAX)
    _check_names(body)
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)[:PROBLEMS_MAX]
    errors = [{"pointer": "/" + "/".join(map(str, each["loc"])), "detail": each["msg"]} for each in found]
    if found[0]["type"] == "json_invalid":
        raise _not_json()
    raise HttpProblem(422, "invalid", "the request does not match openapi.json", errors=errors)


def _check_names(body: bytes) -> None:
    try:
        check_names(body)
    except RepeatedName as repeated:
        raise HttpProblem(422, "repeated_name", f"{repeated.name!r} is repeated in one object") from None
    except ValueError:
        raise _not_json() from None


def _not_json() -> HttpProblem:
    return HttpProblem(400, "not_json", "the body is not JSON in UTF-8")
