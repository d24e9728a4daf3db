"""Holds one checked call for the methods."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.kit.json import JsonView
from bot.playground.refusals import MalformedCall, NotSupported
from bot.playground.values import ATTACHED, Upload
from bot.playground.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """Holds a call with checked fields: `params` by name, `uploads` by part name."""

    method: str
    params: JsonView
    uploads: Mapping[str, Upload]

    def __getitem__(self, name: str) -> Any:
        return self.params[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Returns a field, or `default` where the call has none."""
        return self.params.get(name, default)

    def upload(self, value: str) -> Upload | None:
        """Returns the file that `value` (`attach://NAME`) points to; None where it is a file's id.

        Raises `MalformedCall` where the part is missing, `NotSupported` for a URL to fetch.
        """
        if value.startswith(("http://", "https://")):
            raise NotSupported("sending a file by its HTTP URL")
        if not value.startswith(ATTACHED):
            return None
        name = value.removeprefix(ATTACHED)
        if name not in self.uploads:
            raise MalformedCall(f'there is no file "{name}" in the request')
        return self.uploads[name]


Method = Callable[[World, Call], Awaitable[Any]]
