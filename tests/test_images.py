"""Pictures: upright, whole and the same in every edition, whatever a camera or another library did to them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops, ImageFile

from exporter import images
from exporter.cli import main

RED, WHITE = (255, 0, 0), (255, 255, 255)


def marked() -> Image.Image:
    """A white landscape with a red corner at the top left."""
    image = Image.new("RGB", (48, 32), WHITE)
    image.paste(RED, (0, 0, 16, 16))
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def with_exif(form: str, orientation: int) -> bytes:
    """``marked()`` as a camera held that way would save it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(marked(), form, exif=exif, **({"quality": 95} if form == "JPEG" else {}))


def decoded(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize(
    ("orientation", "corner"),
    [
        (2, (44, 2)),
        (3, (44, 29)),
        (4, (2, 29)),
        (5, (2, 2)),
        (6, (29, 2)),
        (7, (29, 44)),
        (8, (2, 44)),
    ],
)
def test_a_picture_is_set_upright_as_its_exif_data_say(form: str, orientation: int, corner: tuple[int, int]) -> None:
    prepared = images.prepare("a", with_exif(form, orientation))
    image = decoded(prepared.resource.content).convert("RGB")
    assert (prepared.resource.width, prepared.resource.height) == ((32, 48) if orientation > 4 else (48, 32))
    assert max(abs(a - b) for a, b in zip(image.getpixel(corner), RED, strict=True)) < 30  # type: ignore[arg-type]
    assert prepared.change == "was set upright, as its Exif data say"


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("orientation", [1, 6, 99])
def test_no_edition_carries_exif_data(form: str, orientation: int) -> None:
    content = images.resource("a", with_exif(form, orientation)).content
    assert "exif" not in decoded(content).info
    assert images.prepare("a", content).change == ""


def test_a_jpeg_that_lies_right_keeps_every_pixel() -> None:
    content = with_exif("JPEG", 1)
    prepared = images.prepare("a", content)
    assert prepared.change == "was freed of its Exif data"
    assert prepared.resource.digest == images.pixel_digest(content)


def test_fill_bytes_between_the_segments_of_a_jpeg_are_no_end() -> None:
    content = with_exif("JPEG", 1).replace(b"\xff\xe1", b"\xff\xff\xff\xe1", 1)
    assert b"Exif" not in images.resource("a", content).content


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_every_edition_can_carry_stays_byte_for_byte(form: str) -> None:
    content = saved(marked(), form)
    assert images.prepare("a", content).resource.content == content


def test_half_a_picture_is_none_whatever_another_library_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = Image.effect_noise((200, 200), 50)
    content = saved(noise, "PNG")
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValueError, match="damaged"):
        images.resource("a", content[: len(content) // 2])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_sixteen_bits_of_grey_are_scaled_not_cut_off() -> None:
    grey = Image.new("I;16", (2, 1), 0x8000)
    image = decoded(images.resource("a", saved(grey, "PNG")).content).convert("L")
    assert image.getpixel((0, 0)) == 0x80


def test_a_picture_that_moves_becomes_its_first_frame_and_says_so() -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    prepared = images.prepare("a", saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert prepared.change == "was converted to PNG; of its 2 pictures the first is shown"
    assert decoded(prepared.resource.content).convert("RGB").getpixel((0, 0)) == RED


def test_the_first_of_a_phones_pictures_stays_a_jpeg() -> None:
    second = Image.new("RGB", (48, 32), "blue")
    content = saved(marked(), "MPO", save_all=True, append_images=[second])
    prepared = images.prepare("a", content)
    assert (prepared.resource.media_type, prepared.change) == ("image/jpeg", "holds several; the first is shown")
    difference = ImageChops.difference(decoded(prepared.resource.content), decoded(content).convert("RGB"))
    assert max(high for _, high in difference.getextrema()) < 40  # type: ignore[misc]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "^empty$"),
        (b"no picture", "^of no kind that can be read$"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "^a drawing in SVG$"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "^damaged "),
        (saved(Image.new("1", (10000, 10000)), "PNG"), "^larger than 89,478,485 pixels$"),
    ],
)
def test_what_is_no_picture_is_said_to_be_what_it_is(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        images.resource("a", content)


def test_every_edition_shows_a_turned_photograph_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.jpg").write_bytes(with_exif("JPEG", 6))
    Path("a.md").write_text("---\ntitle: A\nlanguage: en\n---\n\nWords ![a corner](a.jpg).\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "a.md", "--to", "pdf,docx,epub,html,txt"])
    assert result.exit_code == 0
    assert result.stderr.endswith("a.md: docx, epub, html, pdf, txt in dist/a, verified.\n")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("exif", [b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0garbage"])
def test_exif_data_nobody_can_read_turn_nothing_and_stop_nothing(exif: bytes) -> None:
    content = saved(marked(), "JPEG", exif=exif)
    assert images.resource("a", content).digest == images.pixel_digest(content)
    assert b"Exif" not in images.resource("a", content).content


def test_a_photograph_in_ink_colours_is_converted_and_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    content = saved(marked().convert("CMYK"), "JPEG", exif=exif, quality=95)
    prepared = images.prepare("a", content)
    image = decoded(prepared.resource.content)
    expected = decoded(content).transpose(Image.Transpose.ROTATE_180).convert("RGB")
    assert prepared.change == "was converted from CMYK to RGB"
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", expected.size)
    assert ImageChops.difference(image, expected).getbbox() is None
