"""Keeps files in memory: those sent by the bot and its people, for download."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from bot.kit.json import Json
from bot.playground.refusals import BadRequest, FileGone

PHOTO_BYTES = 10 * 1024 * 1024
DOCUMENT_BYTES = 50 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
PHOTO_SIDES = 10_000  # width and height together
PHOTO_RATIO = 20


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Holds one file: its id in calls (`file_id`), its download path (`path`), and its content.

    `width` and `height` are pixels, 0 for files that are not pictures.
    """

    file_id: str
    path: str
    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0

    @property
    def reference(self) -> Json:
        """Returns the fields that every description of a file starts with."""
        return {"file_id": self.file_id, "file_unique_id": self.file_id[-12:], "file_size": len(self.data)}

    def as_photo(self) -> list[Json]:
        """Returns the picture's sizes; this server keeps only the full one."""
        return [{**self.reference, "width": self.width, "height": self.height}]

    def as_document(self) -> Json:
        """Returns the file as a `Document`."""
        return {**self.reference, "file_name": self.name, "mime_type": self.mime}


class FileStore:
    """Holds files by id; `stamp` makes ids unique across servers."""

    def __init__(self, stamp: int) -> None:
        self._stamp = stamp
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add_photo(self, data: bytes) -> StoredFile:
        """Stores a picture; raises `BadRequest` where it is not a picture, too large or too long."""
        if len(data) > PHOTO_BYTES:
            raise BadRequest("file is too big")
        width, height, kind = _picture(data)
        sides = (width, height)
        if sum(sides) > PHOTO_SIDES or max(sides) > PHOTO_RATIO * min(sides):
            raise BadRequest("PHOTO_INVALID_DIMENSIONS")
        return self._add("photos", f"photo.{kind}", f"image/{kind}", data, width, height)

    def add_document(self, name: str, mime: str, data: bytes) -> StoredFile:
        """Stores any file; raises `BadRequest` where it is empty or too large."""
        if not data:
            raise BadRequest("file must be non-empty")
        if len(data) > DOCUMENT_BYTES:
            raise BadRequest("file is too big")
        return self._add("documents", name, mime or "application/octet-stream", data)

    def by_id(self, file_id: str) -> StoredFile:
        """Returns a file by its id; raises `BadRequest` for an unknown one."""
        try:
            return self._by_id[file_id]
        except KeyError:
            raise BadRequest("wrong file identifier/HTTP URL specified") from None

    def by_path(self, path: str) -> StoredFile:
        """Returns a file by its download path; raises `FileGone` where there is none."""
        try:
            return self._by_path[path]
        except KeyError:
            raise FileGone from None

    def _add(self, folder: str, name: str, mime: str, data: bytes, width: int = 0, height: int = 0) -> StoredFile:
        number = len(self._by_id)
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        file_id = f"AgAC{self._stamp:016x}{number:012x}"
        stored = StoredFile(file_id, f"{folder}/file_{number}.{suffix}", name, mime, data, width, height)
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored


def _picture(data: bytes) -> tuple[int, int, str]:
    try:
        with Image.open(BytesIO(data)) as image:
            return (*image.size, str(image.format or "jpeg").lower())
    except (UnidentifiedImageError, OSError):
        raise BadRequest("IMAGE_PROCESS_FAILED") from None
