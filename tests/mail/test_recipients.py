"""Recipients' files: what is read, and that every mistake is told by its line and none by its address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.mail.errors import RecipientsError
from exporter.mail.recipients import Recipient, Recipients, read

FORMATS = ("pdf", "docx", "epub", "txt")
HEADER = "address,name,formats,language,segment,city\n"


def of_csv(text: str) -> Recipients:
    """The recipients of a CSV file."""
    return read(text.encode("utf-8"), "readers.csv", FORMATS)


def one(line: str) -> Recipient:
    """The one recipient of a line below the header."""
    (entry,) = of_csv(HEADER + line).entries
    return entry


def mistakes(text: str, file: str = "readers.csv") -> list[tuple[int, str]]:
    """What is wrong with a file, by line."""
    with pytest.raises(RecipientsError) as raised:
        read(text.encode("utf-8", "surrogatepass"), file, FORMATS)
    return [(each.line, each.message) for each in raised.value.problems]


def test_a_recipient_has_what_its_line_says() -> None:
    found = one('ann@example.com,"Ann ""A."" Lee","pdf, epub",pt-BR,patrons,Porto\n')
    assert found.address.addr_spec == "ann@example.com"
    assert (found.name, found.formats, found.language, found.segment) == (
        'Ann "A." Lee',
        ("epub", "pdf"),
        "pt-BR",
        "patrons",
    )
    assert dict(found.fields) == {"city": "Porto"}


def test_none_is_the_wish_for_no_file() -> None:
    assert one("ann@example.com,,none,,,\n").formats == ()


def test_an_empty_cell_wishes_for_nothing_in_particular() -> None:
    assert one("ann@example.com,,,,,\n").formats is None


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert of_csv("\ufeffaddress\nann@example.com\n").entries[0].address.local == "ann"


def test_lines_of_windows_are_lines() -> None:
    assert [each.line for each in of_csv("address\r\na@example.com\r\n\r\nb@example.com\r\n").entries] == [2, 4]


def test_a_domain_in_any_script_stands_in_a_labels() -> None:
    assert one("ann@bücher.example.com,,,,,\n").address.addr_spec == "ann@xn--bcher-kva.example.com"


def test_a_local_part_in_any_script_needs_smtputf8() -> None:
    assert one("用户@example.com,,,,,\n").address.smtputf8


def test_a_cell_that_looks_like_a_formula_is_text_and_is_told() -> None:
    found = of_csv(HEADER + 'ann@example.com,"=HYPERLINK(""x"")",,,,\n')
    assert found.entries[0].name == '=HYPERLINK("x")'
    assert found.notices == ("Line 2: name begins like a formula ('='): kept as text.",)


def test_spaces_around_cells_are_told() -> None:
    found = of_csv("address, name\nann@example.com , Ann\n")
    assert found.entries[0].name == "Ann"
    assert found.notices == ("Spaces around cells do not count: 1 lines have some.",)


def test_toml_says_the_same() -> None:
    content = '[[recipient]]\naddress = "ann@example.com"\nformats = ["pdf", "txt"]\ncity = "Porto"\n'
    (found,) = read(content.encode(), "readers.toml", FORMATS).entries
    assert (found.line, found.formats, dict(found.fields)) == (1, ("pdf", "txt"), {"city": "Porto"})


def test_every_mistake_is_told_by_its_line() -> None:
    found = mistakes(
        HEADER
        + "ann@example.com,,pdf,,,\n"
        + "no address,,,,,\n"
        + "bob@example.com,,odt,,,\n"
        + "ANN@Example.com,,,,,\n"
        + "cat@example.com,,,not a tag,,\n"
        + "dan@example.com,Dan\n"
        + ",Nobody,,,,\n"
        + "eve@example.com,,pdf pdf,,,\n"
        + "fay@example.com,,none,en,,\n"
        + "gus@example.com,,none and pdf,en,,\n"
    )
    assert [line for line, _ in found] == [3, 4, 5, 6, 7, 8, 9, 11]
    assert found[2][1] == "the address stands in line 2 already. Delete one of them."


def test_toml_is_told_by_line_too() -> None:
    text = '[[recipient]]\naddress = "ann@example.com"\n\n[[recipient]]\naddress = "ann"\nage = 7\n'
    assert mistakes(text, "readers.toml") == [(4, "'age' is a text: \"…\".")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("address;name\nann@example.com;Ann\n", 1, "divided by commas"),
        ("name\nAnn\n", 1, "no 'address'"),
        ("address,name,name\na@example.com,A,B\n", 1, "two columns are called 'name'"),
        ("address,First Name\na@example.com,A\n", 2, "'First Name' is no name of a field"),
        ('address,name\na@example.com,"A\nb@example.com,B\n', 2, "no CSV"),
        ("address\n", 1, "there is no recipient"),
        ("", 1, "no 'address'"),
        ("address,formats\na@example.com,pdf;docx\n", 2, "is no format here"),
        ('address,formats\na@example.com,"none, pdf"\n', 2, "'none' stands alone"),
        ('address,formats\na@example.com,"pdf, pdf"\n', 2, "a format is named twice"),
    ],
)
def test_a_file_that_is_no_list_is_refused(text: str, line: int, message: str) -> None:
    ((found, said),) = mistakes(text)
    assert found == line
    assert message in said


def test_bytes_that_are_not_utf_8_are_told_by_line() -> None:
    with pytest.raises(RecipientsError, match=r"^readers.csv:3: what stands there is not UTF-8"):
        read(b"address,name\na@example.com,A\nb@example.com,B\xe9\n", "readers.csv", FORMATS)


@pytest.mark.parametrize(
    "value",
    [
        "Ann\r\nBcc: eve@example.org",
        "Ann\nBcc: eve@example.org",
        "Ann\rBcc: eve@example.org",
        "Ann\0",
        "Ann\u2028Bcc: eve@example.org",
        "Ann\u2029",
        "Ann\x85",
        "Ann\v",
        "Ann\x1b[2J",
        "=?UTF-8?Q?=0A?=Bcc: eve@example.org",
        "é =?utf-8?b?Cg==?= x",
        "Ann\u202eelgooG",
        "A" * 401,
    ],
)
@pytest.mark.parametrize("column", ["name", "segment", "city"])
def test_a_value_that_could_reach_into_a_header_is_refused(column: str, value: str) -> None:
    quoted = '"' + value.replace('"', '""') + '"'
    (found,) = mistakes(f"address,{column}\na@example.com,{quoted}\n")
    assert found[0] == 2
    assert found[1].startswith(column)


@pytest.mark.parametrize(
    "address", ["a@example.com\nBcc: b", "a\r@example.com", "=?utf-8?q?=0A?=@example.com", "a,b@example.com"]
)
def test_an_address_that_could_reach_into_a_header_is_refused(address: str) -> None:
    ((line, _),) = mistakes(f'address\n"{address}"\n')
    assert line == 2


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(RecipientsError, match="UTF-8"):
        read("address,name\na@example.com,\ud800\n".encode("utf-8", "surrogatepass"), "readers.csv", FORMATS)


@given(st.text(max_size=30), st.sampled_from(["{}", "{}@", "@{}", "ann@{}", "{}@example.com", "ann@example.com,{}"]))
def test_no_mistake_quotes_an_address(written: str, shape: str) -> None:
    secret = "very.private.person@hidden-domain.example.net"
    text = f'address,language\n"{secret}",en\n"{secret}",{secret}\n{secret} {shape.format(written)},x\n'
    try:
        found = read(text.encode("utf-8", "surrogatepass"), "readers.csv", FORMATS)
    except RecipientsError as error:
        told = [each.message for each in error.problems] + [str(error)]
    else:
        told = list(found.notices)
    assert [each for each in told if "very.private.person" in each or "hidden-domain" in each] == []
