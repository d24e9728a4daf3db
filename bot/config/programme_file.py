"""Writes changes of the programme into the configuration's file, which keeps its comments and its order.

The journal's programme is in force whatever the file holds; but a file that silently holds another one would undo the
change at the next `moaref programme apply`. So the file follows where it can be written, and else the owner is told.
"""

import asyncio
import logging
import os
import shutil
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bot.config.environment import with_environment
from bot.config.errors import ConfigError
from bot.config.loading import programme_of
from bot.kit.programme_file import FileState
from bot.kit.titles import TitleBook, TitleWords
from engine.programme.edits import Edit, EditGone, NewOffer
from engine.programme.model import Programme, ProgrammeError

_BOM: Final = "\ufeff"
_log = logging.getLogger(__name__)


class CannotFollow(Exception):
    """Raised where the file cannot be changed, or not without changing anything else in it."""


class ConfigurationFile:
    """Implements the kit's ProgrammeFile on a file; None where the configuration is in none.

    `in_force` gives the programme in force; `titles` learns a new offer's title.
    """

    def __init__(
        self, path: Path | None, environ: Mapping[str, str], in_force: Callable[[], Programme], titles: TitleBook
    ) -> None:
        self._path = path
        self._environ = environ
        self._in_force = in_force
        self._titles = titles
        self._lock = asyncio.Lock()

    async def follow(self, edit: Edit, title: TitleWords) -> FileState:
        """Applies the edit to the file too, with a new offer's title; a repeat changes nothing."""
        if isinstance(edit, NewOffer) and title:
            self._titles.put("offer", edit.offer["id"], title)
        if self._path is None:
            return "unchanged"
        async with self._lock:
            return await asyncio.to_thread(self._follow, self._path.resolve(), edit, title)

    def _follow(self, path: Path, edit: Edit, title: TitleWords) -> FileState:
        try:
            text = path.read_bytes().decode("utf-8-sig")
            before = tomllib.loads(text)
            if self._is_in_force(before):
                return "same"
            changed = with_edit(text, edit, title)
            after = tomllib.loads(changed)
            Programme.from_tables(programme_of(after))
            _replace(path, changed, with_mark=path.read_bytes().startswith(_BOM.encode()))
        except (OSError, ValueError, TOMLKitError, CannotFollow, ConfigError, ProgrammeError) as problem:
            _log.warning("%s: the programme was changed in the chat, and not here (%s)", path, type(problem).__name__)
            return "unchanged"
        return "same" if self._is_in_force(after) else "differs"

    def _is_in_force(self, tables: Mapping[str, Any]) -> bool:
        try:
            programme = programme_of(with_environment(tables, self._environ))
            return Programme.from_tables(programme) == self._in_force()
        except (ConfigError, ProgrammeError):
            return False


def with_edit(text: str, edit: Edit, title: TitleWords) -> str:
    """Returns the file's text with the edit, and with nothing else that differs. Raises CannotFollow."""
    wanted, document = tomllib.loads(text), tomlkit.parse(text)
    try:
        for tables, new_list in ((wanted, list), (document, tomlkit.aot)):
            edit.apply(tables, new_list)
            if isinstance(edit, NewOffer) and title:
                tables["offers"][-1]["title"] = _inline(title) if tables is document else dict(title)
        written = tomlkit.dumps(document)
        if tomllib.loads(written) == wanted:
            return written
    except (EditGone, TypeError, AttributeError, KeyError, IndexError):
        pass
    raise CannotFollow


def _inline(title: TitleWords) -> Any:
    table = tomlkit.inline_table()
    table.update(title)
    return table


def _replace(path: Path, text: str, *, with_mark: bool) -> None:
    """Replaces the file at once, so that no half of it is ever read; its mode stays. Raises OSError, CannotFollow."""
    if not os.access(path, os.W_OK):
        raise CannotFollow
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.touch(mode=0o600)
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.write((_BOM if with_mark else "") + text)
            file.flush()
            os.fsync(file.fileno())  # the old file, with the bot's token, is gone after this
        shutil.copymode(path, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
