"""Messages: what they are made of, what arrives, and what can never be put into one."""

from __future__ import annotations

import hashlib
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.mail import values
from exporter.mail.errors import MailError
from exporter.mail.examination import examine, examine_head
from exporter.mail.letters import Addressee, Letter, compose, filled
from exporter.slots import OPENING, slot
from tests.mail.letters import LINK, PDF, addressee, file, letter, mailbox, page, text

INJECTIONS = (
    "A\r\nBcc: eve@example.org",
    "A\nBcc: eve@example.org",
    "A\rBcc: eve@example.org",
    "A\0B",
    "A\u2028Bcc: eve@example.org",
    "A\u2029B",
    "A\x85B",
    "A\vB",
    "A\fB",
    "A\x1cB",
    "A\ud800B",
    "=?UTF-8?Q?=0A?=Bcc: eve@example.org",
    "A é subject=?UTF-8?Q?=0A?=Bcc: injected@example.com",
    "é =?utf-8?b?Cg==?=",
    "A\u202eB",
)


def raw(composed: Letter, to: Addressee | None = None) -> bytes:
    """The bytes of a message, found to read as they were composed."""
    to = to or addressee()
    outgoing = compose(composed).addressed(to)
    examine(outgoing, composed, to)
    examine_head(outgoing, composed, to)
    return b"".join(outgoing.parts)


def parsed(composed: Letter, to: Addressee | None = None) -> EmailMessage:
    """A message, taken apart by Python's email."""
    return cast(EmailMessage, message_from_bytes(raw(composed, to), policy=policy.SMTP))


def outline(message: EmailMessage) -> list[str]:
    """The media types of a message and all its parts, in order."""
    return [part.get_content_type() for part in message.walk()]


def test_a_message_has_the_structure_clients_expect() -> None:
    assert outline(parsed(letter())) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]


def test_a_level_with_one_part_is_left_out() -> None:
    assert outline(parsed(letter(html=None, pictures=(), attachments=()))) == ["text/plain"]
    assert outline(parsed(letter(html=page("<p>Words.</p>"), pictures=(), attachments=()))) == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_each_attachment_is_there_once_with_its_bytes() -> None:
    files = (file("a.pdf", PDF), file("b.epub", b"PK" + PDF, media_type="application/epub+zip"))
    found = list(parsed(letter(attachments=files)).iter_attachments())
    assert [(part.get_filename(), part.get_content_type()) for part in found] == [
        ("a.pdf", "application/pdf"),
        ("b.epub", "application/epub+zip"),
    ]
    assert [hashlib.sha256(part.get_content()).hexdigest() for part in found] == [each.sha256 for each in files]


def test_the_text_is_flowed() -> None:
    part = parsed(letter()).get_body(("plain",))
    assert part is not None
    assert part.get_content_type() == "text/plain"
    assert dict(part["Content-Type"].params) == {"charset": "utf-8", "format": "flowed", "delsp": "yes"}


def test_a_space_before_the_end_of_a_line_survives() -> None:
    part = parsed(letter(text=text("One \ntwo\n"))).get_body(("plain",))
    assert part is not None
    assert part.get_content() == "One \r\ntwo\r\n"


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert raw(letter()) == raw(letter())


def test_big_parts_are_one_object_for_all_recipients() -> None:
    composed = compose(letter())
    ann, bob = composed.addressed(addressee()), composed.addressed(addressee(mailbox=mailbox("bob@example.com")))
    big = [part for part in ann.parts if len(part) > 10_000]
    assert big
    assert all(any(part is other for other in bob.parts) for part in big)


def test_every_character_is_of_7_bits() -> None:
    composed = letter(subject="Nº 7 — تقرير", text=text("Ça coûte 5 €\n"), html=page("<p>報告</p>"), pictures=())
    assert raw(composed).isascii()


def test_an_article_that_says_a_templates_words_arrives_so() -> None:
    said = "{{ name }} {% raw %} ${x} %(y)s {0} [[name]] \\1 &amp;\n"
    message = parsed(letter(text=text(said), html=page(said), pictures=()))
    plain, markup = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert markup is not None
    assert plain.get_content() == markup.get_content() == said.replace("\n", "\r\n")


# --- Values -----------------------------------------------------------------------------------


def named(name: str, composed: Letter | None = None, kind: str = "html") -> str:
    """What a recipient called ``name`` reads."""
    values = {"recipient-name": name, "unsubscribe-url": LINK}
    part = parsed(composed or letter(), addressee(values=values)).get_body((kind,))
    assert part is not None
    return cast(str, part.get_content())


def test_a_value_is_no_markup() -> None:
    assert "<p>Dear &lt;b&gt;&amp;&quot;Ann&quot;,</p>" in named('<b>&"Ann"')


def test_a_value_is_no_slot_and_no_template() -> None:
    assert f"Dear {slot('unsubscribe-url')} {{{{ x }}}}," in named(
        f"{slot('unsubscribe-url')} {{{{ x }}}}", kind="plain"
    )


@pytest.mark.parametrize(("name", "line"), [("> Ann", " > Ann"), ("From here", " From here"), ("Ann", "Ann")])
def test_a_value_at_the_start_of_a_line_is_stuffed(name: str, line: str) -> None:
    composed = letter(text=text(f"Words.\n{slot('recipient-name')}\n"))
    assert named(name, composed, "plain").split("\r\n")[1] == line


@pytest.mark.parametrize("name", [".", ".Ann", "From Ann", "Ann " * 40 + "Ann", "é" * 200, "=41", "a=\u00a0b", "李雷"])
def test_a_value_arrives_whatever_it_begins_with(name: str) -> None:
    composed = letter(
        text=text(f"Dear\n\n{slot('recipient-name')}{slot('recipient-name')} .\n{slot('recipient-name')}")
    )
    stuffed = f" {name}" if name.startswith("From ") else name
    assert named(name, composed, "plain") == f"Dear\r\n\r\n{stuffed}{name} .\r\n{stuffed}"


def test_a_missing_field_is_an_error_before_anything_is_sent() -> None:
    composed = compose(letter(text=text(f"To {slot('field-city')}\n")))
    assert "field-city" in composed.slots
    with pytest.raises(MailError, match=r"^The body has a place for 'field-city', and the recipient has none\.$"):
        composed.addressed(addressee())


def test_an_empty_field_is_missing_too() -> None:
    with pytest.raises(MailError, match="recipient-name"):
        compose(letter()).addressed(addressee(values={"recipient-name": "", "unsubscribe-url": LINK}))


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)
BODIES = st.lists(st.one_of(WORDS, st.sampled_from(["\n", ".", "From ", "= ", slot("recipient-name")])), max_size=12)


@given(BODIES, BODIES, st.sampled_from(["Ann", "علي", "李雷", 'A "B" <c>', "=3D", ".", "> x"]))
def test_whatever_a_body_says_arrives(words: list[str], markup: list[str], name: str) -> None:
    plain, html = "".join(words), "".join(markup)
    if OPENING in plain.replace(slot("recipient-name"), "") or OPENING in html.replace(slot("recipient-name"), ""):
        return
    composed = letter(text=text(plain), html=page(html), pictures=())
    to = addressee(values={"recipient-name": name, "unsubscribe-url": LINK})
    part = parsed(composed, to).get_body(("html",))
    assert part is not None
    assert part.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n") == filled(composed.html or page(""), to)


# --- Heads ------------------------------------------------------------------------------------


def test_who_what_and_when_stand_in_the_head() -> None:
    found = parsed(letter(reply_to=mailbox("desk@example.com", "The Desk")))
    assert [found[name] for name in ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version")] == [
        "The Weekly <news@example.com>",
        "Ann Lee <ann@example.com>",
        "The Desk <desk@example.com>",
        "No. 7",
        "Mon, 30 Nov 2026 06:30:00 +0000",
        f"<{'d' * 40}@example.com>",
        "1.0",
    ]


def test_programs_learn_that_it_is_a_list() -> None:
    found = parsed(letter())
    assert [found[name] for name in ("List-Id", "List-Unsubscribe-Post", "Auto-Submitted", "Precedence")] == [
        "The Weekly <weekly.example.com>",
        "List-Unsubscribe=One-Click",
        "auto-generated",
        "bulk",
    ]


def test_an_address_to_leave_by_stays_on_one_line() -> None:
    link = "https://news.example.com/u/" + "0123456789abcdef" * 11 + "~%C3%A9?a=b&c=(d)"
    assert len(link) > 200
    lines = raw(letter(), addressee(unsubscribe=(link, "mailto:leave@example.com?subject=x"))).split(b"\r\n")
    assert f"List-Unsubscribe: <{link}>,".encode() in lines
    assert b" <mailto:leave@example.com?subject=x>" in lines


def test_one_click_is_offered_with_https_alone() -> None:
    assert parsed(letter(), addressee(unsubscribe=("mailto:leave@example.com",)))["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize(
    "uri", ["https://a.example/ x", "https://a.example/é", "https://a.example/,b", "https://a/\r\n"]
)
def test_an_address_to_leave_by_that_is_no_uri_is_refused(uri: str) -> None:
    with pytest.raises(MailError, match="List-Unsubscribe"):
        compose(letter()).addressed(addressee(unsubscribe=(uri,)))


def test_a_test_message_is_marked() -> None:
    found = parsed(letter(trial=True))
    assert (found["Subject"], found["X-Exporter-Test"]) == ("[Test] No. 7", "yes")


NAMES = [
    "Ann Lee",
    'Ann "A." Lee',
    "Lee, Ann",
    "Ann\\Lee",
    "علي حسن",
    "李雷",
    "Zoë (desk) <x@y>",
    "A" * 200,
    "é" * 150,
    "a@b",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_as_it_is(name: str) -> None:
    message = message_from_bytes(raw(letter(), addressee(mailbox=mailbox("ann@example.com", name))))
    words, address = parseaddr(message["To"].replace("\r\n", ""))
    assert (str(make_header(decode_header(words))), address) == (name, "ann@example.com")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=120))
def test_any_subject_arrives_as_it_is_or_is_refused(subject: str) -> None:
    subject = subject.strip()
    if values.objection(subject):
        with pytest.raises(MailError, match="Subject"):
            compose(letter(subject=subject))
    else:
        assert str(parsed(letter(subject=subject))["Subject"]) == subject


def test_a_domain_in_any_script_stands_in_a_labels() -> None:
    to = addressee(mailbox=mailbox("ann@bücher.example.com"))
    assert b"To: ann@xn--bcher-kva.example.com\r\n" in raw(letter(), to)
    assert not compose(letter()).addressed(to).smtputf8


def test_a_local_part_in_any_script_goes_with_smtputf8() -> None:
    to = addressee(mailbox=mailbox("用户@example.com", "李雷"))
    assert compose(letter()).addressed(to).smtputf8
    assert "<用户@example.com>\r\n".encode() in raw(letter(), to)


@pytest.mark.parametrize("injected", INJECTIONS)
@pytest.mark.parametrize(
    "changed",
    [
        lambda value: (letter(subject=value), addressee()),
        lambda value: (letter(sender=mailbox("news@example.com", value)), addressee()),
        lambda value: (letter(reply_to=mailbox("news@example.com", value)), addressee()),
        lambda value: (letter(list_title=value), addressee()),
        lambda value: (letter(list_id=value), addressee()),
        lambda value: (letter(), addressee(mailbox=mailbox("ann@example.com", value))),
        lambda value: (letter(), addressee(delivery=value)),
        lambda value: (letter(), addressee(unsubscribe=(value,))),
        lambda value: (letter(), addressee(unsubscribe=(f"https://a.example/{value}",))),
        lambda value: (letter(), addressee(values={"recipient-name": value, "unsubscribe-url": LINK})),
        lambda value: (letter(), addressee(values={"recipient-name": "A", "unsubscribe-url": value})),
        lambda value: (letter(attachments=(file(f"{value}.pdf"),)), addressee()),
        lambda value: (letter(attachments=(file(media_type=value),)), addressee()),
    ],
    ids=[
        "subject",
        "from",
        "reply-to",
        "title",
        "id",
        "to",
        "message-id",
        "uri",
        "url",
        "name",
        "link",
        "file",
        "type",
    ],
)
def test_no_value_can_reach_into_a_header(changed: Any, injected: str) -> None:
    with pytest.raises(MailError):
        compose(changed(injected)[0]).addressed(changed(injected)[1])


# --- Files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["weekly.pdf", "تقرير الأسبوع.pdf", "周报 第七期.pdf", "a 'b' \"c\".pdf", "50% off;x=y.pdf"]
)
def test_a_files_name_arrives_as_it_is(name: str) -> None:
    (found,) = parsed(letter(attachments=(file(name),))).iter_attachments()
    assert found.get_filename() == name


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a/b.pdf", "a\\b.pdf", "C:x.pdf", ".hidden", "", ".", " a.pdf", "a.pdf.", "e\u0301.pdf"],
)
def test_a_files_name_that_says_more_than_a_name_is_refused(name: str) -> None:
    with pytest.raises(MailError, match="The file name"):
        file(name)


def test_a_picture_that_is_shown_is_there() -> None:
    with pytest.raises(MailError, match=r"'cid:map@example\.com' is shown and not there"):
        compose(letter(pictures=()))


def test_a_picture_that_is_there_is_shown() -> None:
    with pytest.raises(MailError, match=r"'cid:map@example\.com' is there and not shown"):
        compose(letter(html=page("<p>Words.</p>")))


# --- Reading again ----------------------------------------------------------------------------


def test_a_message_with_another_file_does_not_read_as_composed() -> None:
    outgoing = compose(letter(attachments=(file(content=b"other"),))).addressed(addressee())
    with pytest.raises(MailError, match=r"'weekly\.pdf' has other bytes"):
        examine(outgoing, letter(), addressee())


def test_a_message_to_somebody_else_does_not_read_as_composed() -> None:
    outgoing = compose(letter()).addressed(addressee())
    with pytest.raises(MailError, match="names somebody else"):
        examine_head(outgoing, letter(), addressee(mailbox=mailbox("bob@example.com", "Ann Lee")))


def test_a_message_without_its_file_does_not_read_as_composed() -> None:
    outgoing = compose(letter(attachments=())).addressed(addressee())
    with pytest.raises(MailError, match="parts"):
        examine(outgoing, letter(), addressee())
