"""Stores dialogues, so that they survive a restart."""

import json
import sqlite3
from typing import Any

from bot.kit.effects import Dialogue


def dialogue_of(row: sqlite3.Row) -> Dialogue | None:
    """Builds the dialogue from a row with the columns step, content and at; None where there is none."""
    if row["step"] is None:
        return None
    return Dialogue(row["step"], json.loads(row["content"]), row["at"])


def keep_dialogue(queries: Any, connection: sqlite3.Connection, person_id: str, dialogue: Dialogue | None) -> None:
    """Replaces the person's one dialogue; None ends it. Runs inside a write transaction."""
    if dialogue is None:
        queries.end_dialogue(connection, person=person_id)
        return
    content = json.dumps(dialogue.values, ensure_ascii=False)
    queries.put_dialogue(connection, person=person_id, step=dialogue.step, content=content, at=dialogue.at)
