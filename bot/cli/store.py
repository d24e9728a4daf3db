"""Finds a command's store: by the configuration, or by a store's address alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.frame import UNREADABLE, CommandError, load_config
from engine.store.driver import Connection, DatabaseError, DriverError

StoreOption = Annotated[
    str | None, typer.Option("--store", metavar="URL", help="A store's address, such as sqlite:///moaref.db.")
]


def path_of(url: str) -> Path:
    """Returns the file of a store's address. Raises CommandError for another kind of store."""
    from bot.config import ConfigError, database_path

    try:
        return database_path(url, Path.cwd())
    except ConfigError as error:
        raise CommandError(*(f"--store: {problem.expected}" for problem in error.problems), status=UNREADABLE) from None


@contextmanager
def open_store(config: Path, url: str | None) -> Iterator[Connection]:
    """Yields a connection to the store of `--store`, else the configuration's.

    Raises CommandError where there is none.
    """
    from engine.errors import StoreError
    from engine.store.connection import connect
    from engine.store.sqlite import SqliteStore

    path = path_of(url) if url is not None else load_config(config, token_needed=False).database
    if not path.exists():
        raise CommandError(f"{path}: there is no store yet; `moaref run` makes it", status=UNREADABLE)
    try:
        connection = connect(path, create=False)
    except (DriverError, StoreError) as error:
        raise CommandError(f"{path}: {error}", status=UNREADABLE) from None
    try:
        SqliteStore.prepare(connection)
        yield connection
    except (DatabaseError, StoreError) as error:
        raise CommandError(f"{path}: {error}", status=UNREADABLE) from None
    finally:
        connection.close()
