"""Detects the encoding of a text file: UTF-8, UTF-16 with or without its mark, or Windows' Persian and Arabic page."""

import codecs
from pathlib import Path
from typing import Final

from bot.order_files.problems import UnreadableFile

CHUNK_BYTES: Final = 1 << 20
ARABIC_CODE_PAGE: Final = "cp1256"
_BEGINNING_BYTES: Final = 4096
_LETTERS_OF_UTF_8: Final = 20
"""So many non-ASCII letters in a row never are UTF-8 by chance: a file that begins so and fails later is damaged."""


def encoding_of(path: Path) -> str:
    """Returns the codec's name. Reads the file once, a piece at a time.

    cp1256 gives nearly every byte a letter, so it is the fallback; a NUL byte then means that it is no text. Raises
    UnreadableFile, OSError.
    """
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING_BYTES)
        if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if (wide := _utf_16_without_mark(beginning)) is not None:
            return wide
        file.seek(0)
        decoder, letters = codecs.getincrementaldecoder("utf-8")(), 0
        is_utf_8 = True
        while chunk := file.read(CHUNK_BYTES):
            if b"\0" in chunk:
                raise UnreadableFile("no_text")
            if is_utf_8:
                is_utf_8, read = _decoded(decoder, chunk)
                letters += sum(not letter.isascii() for letter in read)
        is_utf_8 = is_utf_8 and _decoded(decoder, b"", final=True)[0]
    if not is_utf_8 and letters >= _LETTERS_OF_UTF_8:
        raise UnreadableFile("no_text")
    return "utf-8-sig" if is_utf_8 else ARABIC_CODE_PAGE


def _utf_16_without_mark(beginning: bytes) -> str | None:
    """Detects UTF-16 by the NUL bytes of digits and commas, all at the same side of each pair of bytes."""
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    if (even and odd) or even + odd < 2:
        return None
    return "utf-16-be" if even else "utf-16-le"


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> tuple[bool, str]:
    """Returns whether it is UTF-8 so far, and the text decoded."""
    try:
        return True, decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        return False, error.object[: error.start].decode("utf-8", "ignore")
