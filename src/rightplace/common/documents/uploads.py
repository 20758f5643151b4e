"""Uploads stay in memory until they are sealed, and never more of them than is taken."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 10 * 1024 * 1024
TOGETHER = 64 * 1024 * 1024


class OnlyInMemory(FileUploadHandler):
    """Keeps each file up to the limit and counts the rest, so that the form can say by how much it is too large."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 so Django names it
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self.room = TOGETHER

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.whole = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.whole += len(raw_data)
        self.room -= len(raw_data)
        if self.whole <= LARGEST and self.room >= 0:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name or "file",
            content_type=self.content_type or "",
            size=self.whole,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
