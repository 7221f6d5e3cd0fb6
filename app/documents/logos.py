"""The house's logo on paper."""

from __future__ import annotations

import io

from reportlab.lib.utils import ImageReader


def picture_of(logo: bytes | None) -> ImageReader | None:
    """The logo ready to be drawn; None where there is none, or none that can be read to its end."""
    if logo is None:
        return None
    try:
        picture = ImageReader(io.BytesIO(logo))
        picture.getRGBData()  # reads the whole picture: a cut one fails here and not in the middle of a page
    except Exception:  # whatever is wrong with a picture, a document without it is still one
        return None
    return picture


def size_within(picture: ImageReader, widest: float, highest: float) -> tuple[float, float]:
    """Width and height in points, in the picture's own proportions."""
    wide, high = picture.getSize()
    scale = min(widest / wide, highest / high)
    return wide * scale, high * scale
