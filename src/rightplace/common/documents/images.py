"""Photographs and pictures are made anew from their dots: no place, no camera, no hidden file stays in them."""

from __future__ import annotations

import warnings
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageOps

from rightplace.common.documents.refusing import NotTaken
from rightplace.common.documents.uploads import LARGEST

MOST_DOTS = 60_000_000
BROKEN = "This picture cannot be read. Open it, save a copy as JPEG or PNG, and add the copy."


def made_anew(content: bytes, form: str) -> bytes:
    """The picture, upright, encoded anew without anything but its dots; HEIC as JPEG. Raises NotTaken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _encoded(content, form)
    except NotTaken:
        raise
    # Pillow raises whatever its decoders meet; each means that this is no picture that can be kept
    except Exception as error:
        raise NotTaken(BROKEN) from error


@lru_cache(maxsize=1)
def _reads_heic() -> None:
    """Teach Pillow HEIC, once and only where one is met; nothing of a film, a depth or a small copy is read."""
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def _encoded(content: bytes, form: str) -> bytes:
    if form == "HEIF":
        _reads_heic()
    with Image.open(BytesIO(content), formats=[form]) as picture:
        if picture.width * picture.height > MOST_DOTS:
            raise NotTaken("This picture has too many dots. Send a smaller copy of it.")
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        form = "JPEG" if form == "HEIF" else form
        colours = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA")}[form]
        dots = upright if upright.mode in colours else upright.convert("RGBA" if form == "PNG" else "RGB")
        plain = Image.new(dots.mode, dots.size)
        plain.paste(dots)
    kept = BytesIO()
    options = {"quality": 88, "optimize": True} if form == "JPEG" else {"compress_level": 6}
    plain.save(kept, form, **options)
    if kept.tell() > LARGEST * 2:
        raise NotTaken("This picture is too large. Send a smaller copy of it.")
    return kept.getvalue()
