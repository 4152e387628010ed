"""Pictures: upright, whole and the same in every edition, whatever a camera or another library did to them."""

from __future__ import annotations

import io
import struct
import zlib
from base64 import b64encode
from importlib.resources import files
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops, ImageCms, ImageFile
from PIL.PngImagePlugin import PngInfo

from exporter import images
from exporter.cli import main
from exporter.images.credits import Credits, credits_in
from tests.sabotage.pictures import swapped_profile

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
        (b"\0\0\0\x18ftypheic\0\0\0\0", "^in HEIC, which cannot be read$"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "^a drawing in SVG without a size$"),
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


@pytest.mark.parametrize(
    "words",
    [
        "Words ![](a.png) and words.",
        "Words. ![](a.png) ![](a.png) More.",
        "كلمة ![](a.png) كلمات",
        "言葉 ![](a.png) 言葉",
    ],
)
def test_a_decorative_picture_may_stand_between_two_spaces(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.png").write_bytes(saved(marked(), "PNG"))
    Path("a.md").write_text(f"---\ntitle: A\nlanguage: en\n---\n\n{words}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "a.md", "--to", "pdf,docx,epub,html,txt"])
    assert result.stderr.endswith("a.md: docx, epub, html, pdf, txt in dist/a, verified.\n"), result.stderr


def likeness(one: Image.Image, other: Image.Image) -> int:
    """The greatest difference of a channel anywhere."""
    bands = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getextrema()
    return max(high for _, high in bands)  # type: ignore[misc]


def test_a_photograph_in_ink_colours_is_converted_and_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    content = saved(marked().convert("CMYK"), "JPEG", exif=exif, quality=95)
    prepared = images.prepare("a", content)
    image = decoded(prepared.resource.content)
    expected = decoded(content).transpose(Image.Transpose.ROTATE_180).convert("RGB")
    assert prepared.change == "was set upright, as its Exif data say; was converted from CMYK to RGB"
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", expected.size)
    assert likeness(image, expected) < 90  # of the coloured corner's edge


# --- Size -------------------------------------------------------------------------------------


def photograph(width: int, height: int, seed: int = 1) -> Image.Image:
    """Noise of all sizes, the large ones strongest, as in photographs; the same for the same ``seed``."""
    random = Random(seed)
    image = Image.new("RGB", (width, height), (110, 120, 130))
    for step in (2, 4, 9, 20, 45, 100):
        grain = Image.frombytes("RGB", (step * 4, step * 3), random.randbytes(step * step * 36))
        image = Image.blend(image, grain.resize((width, height), Image.Resampling.BICUBIC), 0.45 / (1 + step / 14))
    return image


@pytest.mark.parametrize(
    ("size", "fits"),
    [((4000, 3000), (1600, 1200)), ((3000, 6000), (1200, 2400)), ((1600, 2400), (1600, 2400)), ((20, 9), (20, 9))],
)
def test_a_picture_is_no_larger_than_its_frame_and_keeps_its_shape(
    size: tuple[int, int], fits: tuple[int, int]
) -> None:
    assert images.SCREEN.size(*size) == fits


def test_a_large_photograph_is_made_smaller_and_says_so() -> None:
    prepared = images.prepare("a", saved(photograph(2000, 1500), "JPEG", quality=90))
    assert prepared.change == "was made smaller, from 2000 by 1500 pixels to 1600 by 1200"
    assert decoded(prepared.resource.content).size == (1600, 1200)
    assert likeness(decoded(prepared.resource.content), photograph(2000, 1500).resize((1600, 1200))) < 40


def test_a_large_photograph_that_lies_on_its_side_fits_the_frame_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    prepared = images.prepare("a", saved(photograph(4000, 3000), "JPEG", exif=exif))
    assert (prepared.resource.width, prepared.resource.height) == (1600, 2133)


def test_a_page_gets_a_smaller_picture_than_a_screen() -> None:
    screen = images.resource("a", saved(photograph(2000, 1500), "JPEG"))
    page = images.fitted(screen, images.PAGE)
    assert (page.width, page.height, page.media_type) == (1100, 825, "image/jpeg")
    assert page.digest == images.pixel_digest(page.content)
    assert images.fitted(page, images.PAGE) is page


def test_a_drawing_that_would_take_more_bytes_when_it_is_smaller_stays_as_it_is() -> None:
    image = Image.new("P", (2000, 1000))
    for number in range(0, 2000, 7):
        image.paste(number % 3, (number, 0, number + 3, 1000))
    content = saved(image, "PNG")
    prepared = images.prepare("a", content)
    assert (prepared.change, prepared.resource.content) == ("", content)
    assert images.fitted(prepared.resource, images.PAGE) is prepared.resource


def test_transparency_stays_when_a_picture_is_made_smaller() -> None:
    image = Image.new("RGBA", (2000, 1500), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 1000, 1500))
    made = decoded(images.resource("a", saved(image, "PNG")).content)
    assert made.getpixel((1500, 600))[3] == 0  # type: ignore[index]
    assert made.getpixel((100, 600)) == (255, 0, 0, 255)


def test_a_photograph_of_twelve_megapixels_takes_a_fortieth_of_five_megabytes() -> None:
    """``make photographs`` builds an article of forty in every format."""
    screen = images.resource("a", saved(photograph(4000, 3000), "JPEG", quality=92))
    assert len(images.fitted(screen, images.PAGE).content) < 5_000_000 / 40


# --- Formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "options", "media_type"),
    [
        ("WEBP", {"quality": 90}, "image/jpeg"),
        ("WEBP", {"lossless": True}, "image/png"),
        ("AVIF", {"quality": 90}, "image/jpeg"),
        ("BMP", {}, "image/png"),
        ("TIFF", {}, "image/png"),
    ],
)
def test_what_editions_cannot_hold_is_converted(form: str, options: dict[str, object], media_type: str) -> None:
    content = saved(marked(), form, **options)
    prepared = images.prepare("a", content)
    assert prepared.resource.media_type == media_type
    assert prepared.change == f"was converted to {media_type.removeprefix('image/').upper()}"
    assert likeness(decoded(prepared.resource.content), decoded(content)) < 30


def test_a_lossy_picture_with_transparency_becomes_png() -> None:
    image = marked().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    assert images.resource("a", saved(image, "WEBP", quality=80)).media_type == "image/png"


# --- Colours ----------------------------------------------------------------------------------


def test_a_profile_other_than_srgb_is_converted_and_named() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    assert images.prepare("a", saved(marked(), "PNG", icc_profile=srgb.tobytes())).change == ""
    prepared = images.prepare("a", saved(marked(), "JPEG", icc_profile=lab.tobytes()))
    assert prepared.change == "lost a colour profile that cannot be read"  # of Lab in a file of RGB
    assert "icc_profile" not in decoded(prepared.resource.content).info


def test_a_profile_is_known_by_its_colours_not_by_its_name() -> None:
    prepared = images.prepare("a", saved(marked(), "PNG", icc_profile=swapped_profile()))
    assert prepared.change == "was converted to sRGB from 'sRGB built-in'"
    assert likeness(decoded(prepared.resource.content), Image.merge("RGB", marked().split()[::-1])) < 10


@pytest.mark.parametrize("name", ["pikepdf/pdfa/data/sRGB.icc", "weasyprint/pdf/sRGB2014.icc"])
def test_profiles_of_srgb_by_other_makers_are_sRGB(name: str) -> None:
    profile = Path(str(files(name.partition("/")[0]))) / name.partition("/")[2]
    assert images.is_srgb(profile.read_bytes())


def test_a_gamma_of_its_own_is_applied_once_and_for_all() -> None:
    content = with_chunk(saved(Image.new("RGB", (4, 4), (128, 0, 255)), "PNG"), b"gAMA", struct.pack(">I", 100_000))
    prepared = images.prepare("a", content)
    assert prepared.change == "was converted to sRGB from a gamma of 1"
    assert decoded(prepared.resource.content).convert("RGB").getpixel((0, 0)) == (186, 0, 255)


def with_chunk(content: bytes, name: bytes, data: bytes) -> bytes:
    """The PNG file ``content`` with a chunk more behind its header."""
    made = struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return content[:33] + made + content[33:]


def deep(channels: int, kind: int) -> bytes:
    """A PNG file of 8 by 6 pixels with 16 bits for each of ``channels``; ``kind`` is their colour type."""
    header = struct.pack(">2I5B", 8, 6, 16, kind, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + bytes(range(8 * channels * 2)) for _ in range(6)))
    content = b"\x89PNG\r\n\x1a\n"
    for name, data in ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")):
        content += struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return content


def moving(form: str) -> bytes:
    frames = [marked().convert("RGBA"), Image.new("RGBA", (48, 32), "blue")]
    return saved(frames[0], form, save_all=True, append_images=frames[1:])


def clear() -> Image.Image:
    """A picture with a hole, and half clear at its edge."""
    image = marked().convert("RGBA")
    image.paste((0, 0, 0, 0), (20, 8, 30, 20))
    image.paste((0, 0, 255, 128), (40, 0, 48, 32))
    return image


KINDS = {
    "one bit.png": saved(marked().convert("1"), "PNG"),
    "grey.png": saved(marked().convert("L"), "PNG"),
    "grey, clear.png": saved(clear().convert("LA"), "PNG"),
    "palette.png": saved(marked().quantize(4), "PNG"),
    "palette, clear.png": saved(marked().quantize(4), "PNG", transparency=0),
    "palette, half clear.png": saved(clear().quantize(16), "PNG"),
    "clear.png": saved(clear(), "PNG"),
    "one colour clear.png": saved(marked(), "PNG", transparency=WHITE),
    "deep.png": deep(3, 2),
    "deep, grey.png": deep(1, 0),
    "deep, clear.png": deep(4, 6),
    "deep, grey, clear.png": deep(2, 4),
    "gamma.png": with_chunk(saved(clear(), "PNG"), b"gAMA", struct.pack(">I", 100_000)),
    "profile.png": saved(clear(), "PNG", icc_profile=swapped_profile()),
    "moving.png": moving("PNG"),
    "moving.gif": moving("GIF"),
    "moving.webp": moving("WEBP"),
    "clear.avif": saved(clear(), "AVIF"),
    "clear.tiff": saved(clear(), "TIFF"),
    "ink.tiff": saved(marked().convert("CMYK"), "TIFF"),
    "ink.jpg": saved(marked().convert("CMYK"), "JPEG"),
    "grey.jpg": saved(marked().convert("L"), "JPEG"),
    "progressive.jpg": saved(marked(), "JPEG", progressive=True, subsampling="4:2:0"),
    "one pixel.png": saved(Image.new("RGB", (1, 1)), "PNG"),
    "flat.png": saved(Image.new("RGB", (3000, 1), "red"), "PNG"),
}


def test_pictures_of_every_kind_are_alike_in_every_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in KINDS.items():
        Path(name).write_bytes(content)
    figures = "\n\n".join(f"![{name}](<{name}>)" for name in KINDS)
    Path("a.md").write_text(f"---\ntitle: A\nlanguage: en\n---\n\n{figures}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "a.md", "--to", "pdf,docx,epub,html"])
    assert result.stderr.endswith("a.md: docx, epub, html, pdf in dist/a, verified.\n"), result.stderr


# --- What is hidden in pictures ---------------------------------------------------------------

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:s="http://example.org/s">'
    "<s:serial>SECRET-4711</s:serial><dc:creator><rdf:Seq><rdf:li>Μαρία Ώμου</rdf:li></rdf:Seq></dc:creator>"
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 &amp; Co</rdf:li></rdf:Alt></dc:rights>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(48, 32), (1700, 20)], ids=["as it is", "made smaller"])
def test_credits_stay_and_nothing_else_that_was_hidden(form: str, size: tuple[int, int]) -> None:
    options = {"xmp": XMP, "comment": b"SECRET"} if form == "JPEG" else {"pnginfo": hidden()}
    content = images.resource("a", saved(marked().resize(size), form, **options)).content
    assert b"SECRET" not in content
    with decoded(content) as image:
        image.load()
        assert credits_in(image) == Credits("Μαρία Ώμου", "© 2026 & Co")
    assert images.prepare("a", content).change == ""


def hidden() -> PngInfo:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add_text("Comment", "SECRET")
    return info


def test_credits_in_exif_data_are_credits_too() -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x8298], exif[0x0110] = "Nora Feld", "CC BY 4.0", "SECRET camera"
    content = images.resource("a", saved(marked(), "JPEG", exif=exif)).content
    assert b"SECRET" not in content
    assert credits_in(decoded(content)) == Credits("Nora Feld", "CC BY 4.0")


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_follows_the_end_of_a_picture_goes(form: str) -> None:
    content = saved(marked(), form)
    prepared = images.prepare("a", content + b"\0\0\0\x18ftypmp42 SECRET film, GPS and all")
    assert (prepared.resource.content, prepared.change) == (content, "was freed of metadata")


def test_no_thumbnail_stays_in_a_jpeg() -> None:
    plain = saved(marked(), "JPEG")
    small = b"\xff\xe0\0\x13JFIF\0\1\1\0\0\1\0\1\1\1SEC"
    extension = b"\xff\xe0\0\x0cJFXX\0\x13SECR"
    assert images.resource("a", plain[:2] + small + extension + plain[20:]).content == plain


def test_comments_between_the_scans_of_a_progressive_jpeg_go() -> None:
    content = saved(photograph(64, 48), "JPEG", progressive=True)
    scan = content.rindex(b"\xff\xda")
    assert images.resource("a", content[:scan] + b"\xff\xfe\0\x08SECRET" + content[scan:]).content == content


# --- Drawings ---------------------------------------------------------------------------------


def drawing(inside: str, size: str = 'width="400" height="200"') -> bytes:
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {link} {size}>{inside}</svg>'.encode()


def test_a_drawing_is_drawn_as_large_as_a_screen_shows_it() -> None:
    prepared = images.prepare("a.svg", drawing('<rect width="400" height="200" fill="#f00"/>'))
    assert (prepared.resource.width, prepared.resource.height) == (1600, 800)
    assert prepared.change == "was drawn as PNG"
    assert decoded(prepared.resource.content).convert("RGB").getpixel((800, 400)) == RED


def test_a_small_drawing_stays_small() -> None:
    made = images.resource("a.svg", drawing('<circle r="8" cx="8" cy="8"/>', 'width="16" height="16"'))
    assert (made.width, made.height) == (16, 16)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<text>Words</text>", "with text; export the text as paths"),
        ("<script>alert(1)</script>", "with a script"),
        ("<foreignObject/>", "with parts in another format"),
        ('<image href="https://example.org/a.png"/>', "with a part that lies in another file"),
        ('<use xlink:href="other.svg#a"/>', "with a part that lies in another file"),
        ("<style>@import 'a.css';</style>", "with a style that lies in another file"),
        ('<rect style="fill: url(a.svg#b)"/>', "with a style that lies in another file"),
        ("<rect>", "that is not well-formed"),
    ],
)
def test_a_drawing_that_would_look_otherwise_elsewhere_is_refused(inside: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^a drawing in SVG {reason}"):
        images.resource("a.svg", drawing(inside))


@pytest.mark.parametrize(
    ("size", "pixels"),
    [
        ('width="50mm" height="25mm"', (189, 94)),
        ('viewBox="0 0 300 100"', (1600, 533)),
        ('width="100%" viewBox="0,0,300,150"', (1600, 800)),
        ('width="600" viewBox="0 0 300 100"', (1600, 533)),
        ('width="100000" height="90000"', (1600, 1440)),
        ('width="16" height="16"', (16, 16)),
    ],
)
def test_a_drawing_is_as_large_as_it_says_in_whatever_unit(size: str, pixels: tuple[int, int]) -> None:
    made = images.resource("a.svg", drawing('<rect width="9" height="9"/>', size))
    assert max(abs(made.width - pixels[0]), abs(made.height - pixels[1])) <= 1


LAUGHS = "".join(f'<g id="a{n + 1}">' + f'<use href="#a{n}"/>' * 10 + "</g>" for n in range(9))


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (f'<defs><g id="a0"><path d="M0 0"/></g>{LAUGHS}</defs><use href="#a9"/>', "more than 100,000 shapes"),
        ('<g id="a"><use href="#a"/></g>', "more than 100,000 shapes"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "a part that lies in another file"),
        ('<image href="data:image/png;base64,AAAA"/>', "a picture in it that is of no kind that can be read"),
    ],
)
def test_a_drawing_that_a_few_bytes_blow_up_is_refused(inside: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^a drawing in SVG with {reason}$"):
        images.resource("a.svg", drawing(inside))


def test_a_drawing_may_hold_a_picture_and_use_its_parts_again() -> None:
    picture = b64encode(saved(marked(), "PNG")).decode()
    inside = f'<image id="a" width="48" height="32" href="data:image/png;base64,{picture}"/><use href="#a" x="200"/>'
    made = decoded(images.resource("a.svg", drawing(inside)).content)
    assert [made.getpixel((x, 4)) for x in (4, 804, 400)] == [(255, 0, 0, 255), (255, 0, 0, 255), (0, 0, 0, 0)]


def test_a_drawing_that_moves_stands_still_and_says_so() -> None:
    inside = '<rect width="9" height="9"><animate attributeName="x" to="9" dur="1s"/></rect>'
    assert images.prepare("a.svg", drawing(inside)).change == "was drawn as PNG, without its movement"


def test_a_drawing_with_entities_of_its_own_is_refused() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + drawing("<desc>&b;</desc>")
    with pytest.raises(ValueError, match="entities"):
        images.resource("a.svg", bomb)
