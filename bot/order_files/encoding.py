"""Which encoding a file of text is in: UTF-8, UTF-16 with its mark, or Windows' Persian and Arabic code page."""

import codecs
from pathlib import Path
from typing import Final

from bot.order_files.problems import UnreadableFile

CHUNK_BYTES: Final = 1 << 20
ARABIC_CODE_PAGE: Final = "cp1256"


def encoding_of(path: Path) -> str:
    """The name of the codec that reads it. The file is gone through once, a piece at a time.

    cp1256 gives nearly every byte a letter, so it is what a file is taken for that is none of the others; a NUL byte
    says that it is no text. Raises UnreadableFile, OSError.
    """
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        utf_8 = True
        while chunk := file.read(CHUNK_BYTES):
            if b"\0" in chunk:
                raise UnreadableFile("no_text")
            utf_8 = utf_8 and _reads(decoder, chunk)
        return "utf-8-sig" if utf_8 and _reads(decoder, b"", final=True) else ARABIC_CODE_PAGE


def _reads(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
