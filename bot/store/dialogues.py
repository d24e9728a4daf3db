"""Stores dialogues, so that they survive a restart."""

import sqlite3

from bot.kit.dialogues import Dialogue
from bot.store import Queries


def dialogue_of(row: sqlite3.Row) -> Dialogue | None:
    """Builds the dialogue from a row with the columns step, content and at; None where there is none."""
    if row["step"] is None:
        return None
    return Dialogue(row["step"], row["content"], row["at"])


def keep_dialogue(queries: Queries, connection: sqlite3.Connection, person_id: str, dialogue: Dialogue | None) -> None:
    """Replaces the person's one dialogue; None ends it. Runs inside a write transaction."""
    if dialogue is None:
        queries.end_dialogue(connection, person=person_id)
        return
    queries.put_dialogue(connection, person=person_id, step=dialogue.step, content=dialogue.content, at=dialogue.at)
