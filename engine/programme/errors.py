"""Defines problems of a programme file: the full key, and what was expected there."""

from dataclasses import dataclass

from pydantic import ValidationError

from engine.errors import MoarefError


@dataclass(frozen=True, slots=True)
class ProgrammeProblem:
    """Holds one problem: `key` in full, such as plan.levels[0]; `expected` completes the sentence "expected ..."."""

    key: str
    expected: str

    def __str__(self) -> str:
        return f"{self.key}: expected {self.expected}"


class ProgrammeError(MoarefError):
    """Raised for an invalid programme file, with its problems."""

    def __init__(self, problems: tuple[ProgrammeProblem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


# Pydantic's error types in the terms of the file's author.
_EXPECTED = {
    "missing": "a value; it is required",
    "extra_forbidden": "no such key; it is not one that the programme knows",
    "int_type": "a whole number",
    "string_type": "a text",
    "string_too_short": "a text that is not empty",
    "bool_type": "true or false",
    "list_type": "a list",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dict_type": "a table",
    "greater_than_equal": "{ge} or above",
    "greater_than": "a whole number above {gt}",
    "less_than_equal": "{le} or below",
    "too_short": "at least {min_length}",
    "literal_error": "{expected}",
}


def problems_of(error: ValidationError) -> tuple[ProgrammeProblem, ...]:
    """Converts pydantic's errors to problems, in the terms of the file's author."""
    return tuple(
        ProgrammeProblem(full_key(item["loc"]), expected_of(item["type"], item["msg"], item.get("ctx", {})))
        for item in error.errors(include_url=False)
    )


def full_key(location: tuple[int | str, ...]) -> str:
    """Formats ("ranks", 0, "commission") as ranks[0].commission."""
    key = ""
    for part in location:
        key += f"[{part}]" if isinstance(part, int) else f".{part}" if key else part
    return key


def expected_of(kind: str, message: str, context: dict[str, object]) -> str:
    """Completes the sentence "expected ..." for one of pydantic's errors."""
    if kind == "value_error":
        return message.removeprefix("Value error, ").removeprefix("expected ")
    template = _EXPECTED.get(kind)
    return template.format(**context) if template is not None else message[:1].lower() + message[1:]
