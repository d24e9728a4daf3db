"""`moaref admins`: lists who is an admin, and who added or removed whom."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.frame import DEFAULT_CONFIG, ConfigOption, JsonOption, load_config, print_json
from bot.cli.store import open_store
from engine.events.codec import iso_time
from engine.store.driver import Connection

if TYPE_CHECKING:
    from bot.kit.admins import AddedAdmin, AdminChange


def register(app: typer.Typer) -> None:
    """Adds `admins` to the application."""
    app.command("admins")(admins)


def admins(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """List the owners, the admins whom they added in the chat, and every such change."""
    owners = sorted(load_config(config, token_needed=False).telegram.admins)
    added, changes, names = _read(config)
    if as_json:
        changed = [_plain(each) for each in changes]
        print_json({"owners": owners, "admins": [each.telegram_id for each in added], "changes": changed})
        return
    for owner in owners:
        typer.echo(f"owner  {owner}")
    for each in added:
        who = f"{each.telegram_id}  {names.get(each.person, each.person)}"
        typer.echo(f"admin  {who}, added by {names.get(each.added_by, each.added_by)}")
    for change in changes:
        by, whom = (names.get(id, id) for id in (change.owner, change.person))
        typer.echo(f"{iso_time(change.at)}  {by} {change.kind} {whom} ({change.telegram_id})")


def _read(config: Path) -> tuple[list["AddedAdmin"], list["AdminChange"], dict[str, str]]:
    """Returns the added admins, the changes, and the names of everybody in them."""
    from bot.store import MIGRATIONS
    from bot.store.admins import added_admins, admin_changes
    from engine.store.migrate import apply as migrate

    with open_store(config, None) as connection:
        migrate(connection, "machine", MIGRATIONS)
        added, changes = added_admins(connection), admin_changes(connection)
        persons = {id for each in changes for id in (each.person, each.owner)}
        names = {id: name for id in persons if (name := _name_of(connection, id)) is not None}
    return added, changes, names


def _name_of(connection: Connection, person: str) -> str | None:
    row = connection.execute("SELECT name FROM profiles WHERE person = ?", (person,)).fetchone()
    return row["name"] if row is not None else None


def _plain(change: "AdminChange") -> dict[str, Any]:
    return {
        "at": iso_time(change.at),
        "kind": change.kind,
        "telegram_id": change.telegram_id,
        "person": change.person,
        "owner": change.owner,
    }
