"""Pictures fit to ship: upright, in sRGB, no larger than an edition can show, and free of what programs hid in them.

A picture is prepared once for screens, and once more, smaller, for pages (``Frame``). What was done is said in words,
and the pixels an edition has to show are known by their digest, so that a picture that is another is found (V009).
"""

from exporter.images.colours import is_srgb
from exporter.images.digests import digest_of, pixel_digest
from exporter.images.fitting import MEDIA_TYPES, PAGE, SCREEN, Frame, fitted
from exporter.images.opening import TooLarge, headed, size_of
from exporter.images.preparing import Prepared, prepare, resource

__all__ = [
    "MEDIA_TYPES",
    "PAGE",
    "SCREEN",
    "Frame",
    "Prepared",
    "TooLarge",
    "digest_of",
    "fitted",
    "headed",
    "is_srgb",
    "pixel_digest",
    "prepare",
    "resource",
    "size_of",
]
