"""`moaref outbox`: shows waiting, sent and failed messages, and the delivery status of one person's."""

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.frame import DEFAULT_CONFIG, CommandError, ConfigOption, JsonOption, print_json
from bot.cli.store import StoreOption, open_store
from engine.store.driver import Connection

if TYPE_CHECKING:
    from bot.kit.delivery_status import DeliveryStatus

KINDS = ("answers", "notices")
SHOWN = 50
_REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]+")

WhomArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[WHOM]",
        help="A person (Telegram id, @username or invitation code), the reference in a message such as N-1B, "
        "or a cause such as notice:17 or broadcast:3.",
    ),
]
CountOption = Annotated[int, typer.Option("--count", min=1, max=1_000_000, help="Maximum number of messages.")]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(outbox)


def outbox(
    whom: WhomArgument = None,
    count: CountOption = SHOWN,
    config: ConfigOption = DEFAULT_CONFIG,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how many messages wait, were sent or failed, and the progress of broadcasts; with WHOM, the status of each.

    A message marked "unsure" may have arrived unconfirmed, and was then repeated under the same reference; a
    broadcast's message with the status "unknown" was not repeated.
    """
    with open_store(config, store) as connection:
        _prepare(connection)
        if whom is None:
            _show_counts(connection, as_json)
        else:
            _show_fates(_found(connection, whom, count), as_json)


def _prepare(connection: Connection) -> None:
    from bot.store import MIGRATIONS
    from engine.store.migrate import apply as migrate

    migrate(connection, "machine", MIGRATIONS)


def _show_counts(connection: Connection, as_json: bool) -> None:
    from bot.store import load_queries

    queries = load_queries("delivery_status")
    rows = queries.counts(connection)
    counts = [
        {"kind": KINDS[row["priority"]], "state": row["state"], "count": row["count"], "unsure": row["unsure"]}
        for row in rows
    ]
    names = ("id", "state", "recipients", "sent", "blocked", "failed", "unknown", "declined")
    broadcasts = [{name: row[name] for name in names} for row in queries.broadcasts(connection)]
    if as_json:
        print_json({"messages": counts, "broadcasts": broadcasts})
        return
    for each in counts:
        unsure = f", {each['unsure']} of them unsure" if each["unsure"] else ""
        typer.echo(f"{each['kind']} {_word(each['state'])}: {each['count']}{unsure}")
    for one in broadcasts:
        told = ", ".join(f"{one[name]} {name}" for name in names[3:] if one[name])
        typer.echo(f"broadcast {one['id']} {one['state']}, {one['recipients']} people: {told or 'none sent yet'}")
    if not counts and not broadcasts:
        typer.echo("nothing was ever sent")


def _word(state: str) -> str:
    return {"new": "waiting", "blocked": "held for people who have blocked the bot"}.get(state, state)


def _found(connection: Connection, whom: str, count: int) -> list[tuple[int, "DeliveryStatus"]]:
    """Returns the messages with their delivery status. Raises CommandError for an unknown person."""
    from bot.kit.digits import identifier
    from bot.store.delivery_status import fates_of_cause, fates_of_chat, fates_of_reference

    whom = identifier(whom)
    if ":" in whom and "/" not in whom:
        return fates_of_cause(connection, whom, count)
    if _REFERENCE.fullmatch(whom.upper()) and (found := fates_of_reference(connection, whom.upper(), count)):
        return found
    chat_id = _chat_of(connection, whom)
    if chat_id is None:
        raise CommandError(f"{whom}: no user of the bot matches")
    return fates_of_chat(connection, chat_id, count)


def _chat_of(connection: Connection, word: str) -> int | None:
    from bot.kit.person import person_name
    from bot.store import load_queries

    people = load_queries("people")
    name, row = person_name(word), None
    if name.username is not None:
        row = people.by_username(connection, username=name.username)
    elif name.telegram_id is not None:
        row = people.by_telegram_id(connection, telegram_id=name.telegram_id)
    row = row or people.by_person(connection, person=name.code)
    return None if row is None else int(row["telegram_id"])


def _show_fates(found: list[tuple[int, "DeliveryStatus"]], as_json: bool) -> None:
    from engine.events.codec import iso_time

    if as_json:
        print_json([{"chat_id": chat_id, **asdict(fate), "at": iso_time(fate.at)} for chat_id, fate in found])
        return
    for chat_id, fate in found:
        notes = [fate.reference] if fate.reference and fate.kind != "broadcast" else []
        notes += ["unsure"] if fate.unsure else []
        notes += [fate.problem] if fate.problem else []
        told = f" ({'; '.join(notes)})" if notes else ""
        typer.echo(f"{iso_time(fate.at)} {chat_id} {fate.kind} {fate.cause}: {fate.state}{told}")
    if not found:
        typer.echo("no message is known")
