"""Uploads made into plain JPEGs: judged by their content, turned upright, freed of EXIF and place."""

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageFile, ImageOps
from PIL.Image import DecompressionBombError

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 30_000_000
LONGEST_SIDE, LONGEST_THUMBNAIL = 1600, 320
TYPES = ("JPEG", "PNG")
CHOOSE_AGAIN = "选择的文件没有保存，请在改好后重新选择"  # no page can offer a file again by itself


class NotAPicture(ValueError):
    """The upload cannot be taken; says why in words."""


class Encoded(NamedTuple):
    width: int
    height: int
    file: bytes
    thumbnail: bytes


def encoded(stream):
    """The uploaded stream as an Encoded picture with its thumbnail; raises NotAPicture."""
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotAPicture("超过 5 MB，请缩小后再上传")
    image = opened(content)
    insist_small(image)
    try:
        image = upright(image)
    except Exception:  # Pillow answers hostile files with errors of every kind
        raise NotAPicture("文件已损坏，无法读取，请换一张") from None
    thumbnail = image.copy()
    thumbnail.thumbnail((LONGEST_THUMBNAIL, LONGEST_THUMBNAIL))
    return Encoded(*image.size, jpeg(image), jpeg(thumbnail))


def opened(content):
    """The head of the picture; nothing is decoded yet."""
    try:
        return Image.open(BytesIO(content), formats=TYPES)
    except DecompressionBombError:
        raise NotAPicture(too_large()) from None
    except Exception:  # as above
        raise NotAPicture("不是 JPG 或 PNG 图片，请换一张") from None


def insist_small(image):
    if image.width * image.height > MOST_PIXELS:
        raise NotAPicture(too_large(f"（{image.width}×{image.height}）"))


def too_large(size=""):
    return f"像素过大{size}，不能超过 {MOST_PIXELS // 10_000} 万像素，请缩小后再上传"


def upright(image):
    """Decoded, small, turned as its EXIF says, on white, and with nothing but its pixels."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the library that makes PDFs turns it on
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image = ImageOps.exif_transpose(image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if image.has_transparency_data:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    image = image.convert("RGB")
    image.info.clear()
    return image


def jpeg(image):
    file = BytesIO()
    image.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    return file.getvalue()
