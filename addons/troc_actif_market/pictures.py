"""Pictures that strangers send: judged by their content and made anew."""

import io
import struct

from PIL import (
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

# Odoo keeps Pillow from loading its plugins by itself: these, and no others.
FORMATS = tuple(
    plugin.format
    for plugin in (
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        WebPImagePlugin.WebPImageFile,
        GifImagePlugin.GifImageFile,
    )
)
# What Pillow raises on a damaged file, and on damaged notes of a camera.
DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    ArithmeticError,
    LookupError,
    struct.error,
    Image.DecompressionBombError,
)
MAX_BYTES = 10 * 1024 * 1024
# What one picture may unfold to.  A photograph is made small while it is read; all else
# stands whole in memory first, several times over where it moves.
MAX_POINTS = 16_000_000
MAX_POINTS_OF_PHOTOGRAPHS = 40_000_000
LONGEST_SIDE = 1600
QUALITY = 85


def safe_picture(content):
    """Return a JPEG of at most 1600 points a side, without what cameras add to it.

    `content`: bytes as sent.  Raises RuleError `picture_too_big` or `not_a_picture`;
    what the file is called or claims to be counts for nothing.
    """
    if len(content) > MAX_BYTES:
        raise RuleError("picture_too_big", value=MAX_BYTES // 1024**2)
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            # known before anything is decompressed
            photograph = image.format == "JPEG"
            most = MAX_POINTS_OF_PHOTOGRAPHS if photograph else MAX_POINTS
            if image.width * image.height > most:
                raise RuleError("picture_too_big", value=MAX_BYTES // 1024**2)
            return _jpeg(image)
    except DAMAGED as error:
        raise RuleError("not_a_picture") from error


def _jpeg(image):
    # the first frame alone, and small before anything else is done with it
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    image = _upright(image)
    if image.mode != "RGB":
        # on white, where it was transparent
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    buffer = io.BytesIO()
    image.info.clear()
    image.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def _upright(image):
    """Turn it as the camera says, or leave it where the camera speaks nonsense."""
    try:
        return ImageOps.exif_transpose(image)
    except (*DAMAGED, AttributeError):
        return image
