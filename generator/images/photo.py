"""Photographs of contributors: checked by their first bytes, then made anew in the sizes that pages need.

An original is never published. What comes out of here has no metadata, no profile and no byte of the file that went in.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath

from PIL import ExifTags, Image, ImageCms

from generator.artifact import Artifact
from generator.diagnostics import Checked, Span, diagnostic
from generator.images.picture import Format
from generator.images.renditions import SPEC, ImageInfo, ImageType, RenditionSpec, rendition_height, renditions

MAX_PIXELS = 40_000_000
"""A PNG of 18 KB can hold 144 megapixels; a good camera has 24 to 36."""

_SUFFIXES: Mapping[str, ImageType] = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by the orientation in its Exif."""
_SIDEWAYS = frozenset({5, 6, 7, 8})
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, OverflowError, struct.error, Image.DecompressionBombError)
"""What Pillow raises on files that are not what they say; all of it means the same to an editor."""

# The header is compared with MAX_PIXELS before any pixel is decoded; Pillow's own limit would only warn.
Image.MAX_IMAGE_PIXELS = None


def probe(data: bytes, path: str) -> Checked[ImageInfo | None]:
    """Type and size of the photograph at `path` of the project, without decoding it.

    Reports wrong-image-type, too-large-image and broken-image; the value is None where there is nothing to show.
    """
    found = _type_of(data)
    if found is None or _SUFFIXES.get(PurePosixPath(path).suffix.lower()) != found:
        return Checked(None, (diagnostic("wrong-image-type", Span(path), path=path),))
    try:
        width, height = _size(data, found)
    except _UNREADABLE:
        return Checked(None, (diagnostic("broken-image", Span(path), path=path),))
    if width * height > MAX_PIXELS:
        # In 万, as Chinese counts; the message says so.
        pixels = width * height // 10_000
        return Checked(None, (diagnostic("too-large-image", Span(path), path=path, pixels=pixels),))
    if not _is_whole(data, found):
        return Checked(None, (diagnostic("broken-image", Span(path), path=path),))
    return Checked(ImageInfo(path, found, width, height, sha256(data).hexdigest()))


def draw_renditions(data: bytes, info: ImageInfo, spec: RenditionSpec = SPEC) -> Checked[tuple[Artifact, ...]]:
    """The bytes of `renditions(info, spec)`. Reports broken-image where the header was right and the rest is not."""
    files = renditions(info, spec).files
    try:
        upright = _decode(data, info, max(file.width_px for file in files))
    except _UNREADABLE:
        return Checked((), (diagnostic("broken-image", Span(info.path), path=info.path),))
    sized = dict(_resized(upright, {file.width_px: file.height_px for file in files}))
    return Checked(tuple(Artifact(file.path, _encode(sized[file.width_px], file.format)) for file in files))


def _type_of(data: bytes) -> ImageType | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    return "WEBP" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def _size(data: bytes, image_type: ImageType) -> tuple[int, int]:
    with Image.open(BytesIO(data), formats=[image_type]) as image:
        return _turned(image.size, _orientation(image))


def _orientation(image: Image.Image) -> int:
    """As the header gives it. Without this look at `info` Pillow decodes a whole PNG to find what may follow it."""
    return int(image.getexif().get(ExifTags.Base.Orientation, 1)) if "exif" in image.info else 1


def _turned(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size[1], size[0]) if orientation in _SIDEWAYS else size


def _is_whole(data: bytes, image_type: ImageType) -> bool:
    """Whether the file ends as its format says; Pillow would notice only while decoding. Looked for from the end."""
    if image_type == "PNG":
        return data.rfind(b"IEND\xaeB`\x82") != -1
    if image_type == "WEBP":
        return int.from_bytes(data[4:8], "little") + 8 <= len(data)
    return data.rfind(b"\xff\xd9", _scan_start(data)) != -1


def _scan_start(data: bytes) -> int:
    """Where a JPEG's picture begins, after the segments of its header and the thumbnail in them."""
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return at


def _decode(data: bytes, info: ImageInfo, width_px: int) -> Image.Image:
    """The upright picture in sRGB without transparency, `width_px` wide."""
    with Image.open(BytesIO(data), formats=[info.type]) as image:
        orientation = _orientation(image)
        lying = _turned((width_px, rendition_height(info, width_px)), orientation)
        # A JPEG is decoded at a half, a quarter or an eighth of its size where that is enough: less time and memory.
        image.draft(None, lying)
        small = _eight_bits(image).resize(lying, Image.Resampling.LANCZOS, reducing_gap=3.0)
        upright = small.transpose(_TURNS[orientation]) if orientation in _TURNS else small
        return _opaque(_in_srgb(upright, image.info.get("icc_profile")))


def _eight_bits(image: Image.Image) -> Image.Image:
    """In a mode that can be resized. A 16-bit grey picture is scaled: Pillow's own conversion cuts it off at 255."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in {"P", "PA"}:
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode in {"RGBA", "LA"} else "RGB"
    if profile and image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that cannot be read, or belongs to another kind of picture, is worth nothing.
            converted = None
        return converted or image.convert(mode)
    return image if image.mode == mode else image.convert(mode)


def _opaque(image: Image.Image) -> Image.Image:
    """White where it was transparent, and with nothing of what the file said of itself."""
    if image.mode == "RGB":
        image.info = {}
        return image
    clean = Image.new("RGB", image.size, (255, 255, 255))
    clean.paste(image, mask=image.getchannel("A"))
    return clean


def _resized(widest: Image.Image, heights: Mapping[int, int]) -> Iterator[tuple[int, Image.Image]]:
    """By width, each made of the next wider one."""
    image = widest
    for width in sorted(heights, reverse=True):
        if width != image.width:
            image = image.resize((width, heights[width]), Image.Resampling.LANCZOS, reducing_gap=3.0)
        yield width, image


def _encode(image: Image.Image, image_format: Format) -> bytes:
    data = BytesIO()
    if image_format == "webp":
        # Method 2 takes half the time of the default, 4, for one sixteenth more bytes.
        image.save(data, "WEBP", quality=78, method=2)
    else:
        # Baseline: a progressive file takes four times as long, and hardly a browser asks for this one.
        image.save(data, "JPEG", quality=80)
    return data.getvalue()
