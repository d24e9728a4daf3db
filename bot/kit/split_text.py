"""Splits a message's text into its command and its words: once for each update, whoever asks."""

from dataclasses import dataclass

from bot.kit.digits import normalised


@dataclass(frozen=True, slots=True)
class SplitText:
    """Holds a text's words on blanks, without the command that it may begin with.

    command: its name in small letters, without the slash; None for any other text. addressed: the bot that the command
    is for, "" for none: /start@shop_bot.
    """

    text: str | None
    words: list[str]
    command: str | None = None
    addressed: str = ""


def split_text(text: str | None, known: SplitText | None = None) -> SplitText:
    """Returns the text's parts, which are none without text; `known` where those are this text's."""
    if known is not None and known.text is text:
        return known
    words = (text or "").split()
    if not words or not words[0].startswith("/"):
        return SplitText(text, words)
    name, _, addressed = normalised(words[0][1:]).partition("@")
    return SplitText(text, words[1:], name.lower(), addressed.lower())
