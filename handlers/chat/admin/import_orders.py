"""Handles /import and files sent by an admin: shows the dry run first, and records after confirmation."""

from dataclasses import dataclass
from typing import ClassVar, Final

from bot.kit.buttons import Button, Press
from bot.kit.context import Context
from bot.kit.effects import Outgoing
from bot.kit.errors import UserError
from bot.kit.feature import Command, Feature, on
from bot.kit.formatting import Code, Count, Lines, Percent, Term, Text
from bot.kit.imports import Document, Import, ImportWish
from bot.kit.keyboards import Rows, keyboard, text_edit, text_message
from bot.kit.person import Person
from bot.kit.texts import Texts
from handlers.chat.admin.buttons import back_to_admin

BYTES_MAX: Final = 20 * 2**20
"""The size of the largest file that Telegram gives to a bot."""
NAME_SHOWN: Final = 60
EXAMPLE: Final = "order,buyer,amount,product\no-17,@sara,150000,phone"


@dataclass(frozen=True)
class RecordImport(Button, prefix="imp", admin=True):
    """Records the orders of a file after its dry run."""

    id: int


@dataclass(frozen=True)
class DropImport(Button, prefix="impx", admin=True):
    """Discards the file."""

    id: int


@dataclass(eq=False)
class FileTooLarge(UserError):
    """Raised for a file larger than Telegram gives to a bot."""

    code: ClassVar[str] = "file_too_large"
    megabytes: int


async def show_usage(ctx: Context) -> None:
    """Handles /import."""
    ctx.say("admin-import-usage", rows=[back_to_admin()], example=Code(EXAMPLE))


async def take_file(ctx: Context, document: Document) -> None:
    """Starts a dry run of the file; nothing is recorded yet."""
    if document.size > BYTES_MAX:
        raise FileTooLarge(BYTES_MAX // 2**20)
    ctx.effects.imports.append(ImportWish("look", document))
    ctx.say("admin-import-looking", name=Text(document.name[:NAME_SHOWN]))


async def record_it(ctx: Context, button: RecordImport) -> None:
    """The card shows from here on how far it is. A second press changes nothing."""
    message_id = ctx.message.id if ctx.message is not None else None
    ctx.effects.imports.append(ImportWish("record", id=button.id, message_id=message_id))
    ctx.say("admin-import-begun", rows=[back_to_admin()])


async def drop_it(ctx: Context, button: DropImport) -> None:
    """Nothing was changed."""
    ctx.effects.imports.append(ImportWish("drop", id=button.id))
    ctx.say("admin-import-dropped", rows=[back_to_admin()])


class ImportWords:
    """Writes the importer's messages to the admin who sent the file."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def found(self, admin: Person, each: Import, orders: int, lines: tuple[Term, ...]) -> Outgoing:
        """The dry run, with a button to record it where it would bring anything."""
        rows: Rows = [
            [Press("button-import-record", RecordImport(each.id), "success", orders=Count(orders))],
            [Press("button-import-drop", DropImport(each.id))],
        ]
        return self._message(admin, each, "admin-import-found", lines, rows if orders else [back_to_admin()])

    def progress(self, admin: Person, each: Import, lines: tuple[Term, ...], share: float) -> Outgoing:
        """Returns the progress, as an edit of the card under which it was begun."""
        part = Percent(f"{int(share * 100)}%")
        html = self._texts.render(admin.language, "admin-import-progress", part=part, lines=Lines(lines))
        if each.message_id is None:
            return text_message(admin.chat_id, html, None)
        return text_edit(admin.chat_id, each.message_id, html, None)

    def done(self, admin: Person, each: Import, lines: tuple[Term, ...]) -> Outgoing:
        """Returns the result, as a message that stays."""
        return self._message(admin, each, "admin-import-done", lines, [back_to_admin()])

    def _message(self, admin: Person, each: Import, text_id: str, lines: tuple[Term, ...], rows: Rows) -> Outgoing:
        html = self._texts.render(admin.language, text_id, name=Text(each.name[:NAME_SHOWN]), lines=Lines(lines))
        markup = keyboard(rows, admin.language, self._texts)
        return text_message(admin.chat_id, html, markup, reference=f"I-{each.id}")


FEATURE = Feature(
    "import",
    commands=(Command("import", show_usage, admin=True),),
    buttons=(on(RecordImport, record_it), on(DropImport, drop_it)),
    documents=take_file,
)
