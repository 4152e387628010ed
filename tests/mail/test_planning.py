"""Plans: who gets what, what is refused while planning, and that nothing is said to the wrong reader."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.distribution import outbox, planfile
from exporter.distribution.archive import Archive, sightings
from exporter.distribution.gates import Circumstances, objections
from exporter.distribution.mailing import mailing
from exporter.distribution.planning import Planned, objects, plan
from exporter.distribution.records import Held, Plan
from exporter.distribution.routing import lookup, matches
from exporter.distribution.stock import Stock
from exporter.issues import Route
from exporter.mail import addresses
from exporter.mail.errors import MailError, RecipientsError, SecretError
from exporter.mail.identities import Identities
from exporter.mail.outgoing import Withheld
from exporter.mail.suppression import Suppression, SuppressionList
from exporter.mailsettings import Mail
from tests.mail.sets import DATE, FORMATS, IDENTITIES, issue, mark, material, request, slug

HEAD = "address,name,formats,language,segment,limit\n"
ANN = HEAD + "ann@example.com,Ann,pdf,,,\n"
THREE = ANN + 'bob@example.com,Bob,none,ar,,\ncat@example.com,Cat,"docx, epub",,patrons,\n'


def messages(planned: Planned) -> dict[str, EmailMessage]:
    """The messages of a plan, by whom they are to."""
    made = (planned.mailing.outgoing(row.recipient) for row in planned.plan.rows if not row.withheld)
    return {
        each.envelope_to: cast(EmailMessage, message_from_bytes(b"".join(each.parts), policy=policy.SMTP))
        for each in made
    }


def files(message: EmailMessage) -> list[str | None]:
    """The names of what is attached."""
    return [part.get_filename() for part in message.iter_attachments()]


def refusals(**said: Any) -> list[tuple[int, str]]:
    """What stands against a plan, by line."""
    with pytest.raises(RecipientsError) as raised:
        plan(request(**said))
    return [(each.line, each.message) for each in raised.value.problems]


def test_everybody_gets_what_he_asked_for() -> None:
    found = messages(plan(request(THREE)))
    assert {to: files(message) for to, message in found.items()} == {
        "ann@example.com": ["issue-7.pdf"],
        "bob@example.com": [],
        "cat@example.com": ["issue-7.docx", "issue-7.epub"],
    }


def test_everybody_gets_his_language() -> None:
    found = messages(plan(request(THREE)))
    assert mark("ar") in found["bob@example.com"].as_string()
    assert found["bob@example.com"]["Subject"] == f"No. 7 {mark('ar', 'subject')}"


def test_who_says_nothing_gets_every_format() -> None:
    found = messages(plan(request(HEAD + "ann@example.com,Ann,,,,\n")))
    assert files(found["ann@example.com"]) == [f"issue-7.{name}" for name in FORMATS]


def test_a_route_says_what_goes_along() -> None:
    routes = issue(Route(segment="patrons", formats=("pdf",)), Route(formats=()))
    found = messages(plan(request(THREE, issue=routes)))
    assert [files(found[f"{who}@example.com"]) for who in ("ann", "bob", "cat")] == [[], [], ["issue-7.pdf"]]


def test_a_route_leads_to_another_language_only_where_it_says_so() -> None:
    readers = HEAD + "ann@example.com,Ann,pdf,sv,,\n"
    assert files(messages(plan(request(readers, issue=issue(Route(language="sv", edition="en")))))["ann@example.com"])
    assert refusals(csv=readers) == [
        (2, "the issue has no editions in 'sv', but in en, ar. Add a [[route]] to its file.")
    ]


def test_a_recipient_no_route_fits_is_told_by_line() -> None:
    ((line, message),) = refusals(csv=ANN, issue=issue(Route(segment="patrons")))
    assert (line, message) == (2, "no route for language 'en'. Add a [[route]] to the issue's file.")


def test_everything_that_stands_against_a_plan_is_told_at_once() -> None:
    found = refusals(csv=HEAD + "a@example.com,,pdf,,,\nb@example.com,B,pdf,,,\nc@example.com,C,pdf,sv,,\n")
    assert [line for line, _ in found] == [2, 4]
    assert found[0][1] == "The body has a place for 'recipient-name', and the recipient has none."


@pytest.mark.parametrize(
    "name", ["<b>Ann</b>", "Ann & Bob", "'A' \"B\"", "-->", "]]>", "&amp;lt;", "\u0338Ann", "a<!--"]
)
def test_a_name_moves_nothing_in_a_body(name: str) -> None:
    quoted = name.replace('"', '""')
    planned = plan(request(f'{HEAD}ann@example.com,"{quoted}",pdf,,,\n'))
    part = messages(planned)["ann@example.com"].get_body(("html",))
    assert part is not None
    assert f"<p>Dear {html.escape(name)},</p>" in part.get_content()


def test_who_left_is_sent_nothing() -> None:
    ann = IDENTITIES.recipient(addresses.parse("ann@example.com"))
    left = SuppressionList({ann: Suppression(ann, "unsubscribed", date(2026, 1, 1))})
    planned = plan(request(THREE, suppressed=left))
    assert {row.recipient: row.withheld for row in planned.plan.rows if row.withheld} == {ann: "unsubscribed"}
    with pytest.raises(Withheld, match="unsubscribed"):
        planned.mailing.outgoing(ann)


def test_an_address_to_leave_by_that_is_everybodys_is_refused() -> None:
    with pytest.raises(MailError, match=r"Write \{recipient\} where the recipient is told"):
        plan(request(ANN, unsubscribe=("https://example.com/leave",)))


def test_bodies_that_show_no_way_to_leave_are_told() -> None:
    silent = request(ANN, ("en",))
    english = silent.materials["en"]
    contents = {**english.set.contents, "email.txt": b"Words.\n", "email.html": b"<html><p>Words.</p></html>"}
    bare = replace(english, set=replace(english.set, contents=contents), pictures={})
    assert plan(replace(silent, materials={"en": bare})).notices == (
        "en pdf: the email shows no link to leave the list. Write 'unsubscribe' into the issue's [email].",
    )


def test_return_paths_tell_whose_mail_comes_back() -> None:
    planned = plan(request(THREE))
    paths = {planned.mailing.outgoing(row.recipient).envelope_from: row.delivery for row in planned.plan.rows}
    assert paths == {f"bounces+{row.delivery}@example.com": row.delivery for row in planned.plan.rows}


# --- Sizes ------------------------------------------------------------------------------------

LIMITED = HEAD + "ann@example.com,Ann,pdf,,,0.05\nbob@example.com,Bob,pdf,,,\n"


def rungs(csv: str, *ladder: Any, size: int, base: str | None = "https://example.com/issues") -> list[tuple[str, ...]]:
    """The steps of the ladder that were taken for each recipient."""
    planned = plan(request(csv, mail=Mail(ladder=ladder, link_base=base), size=size))
    letters = {each.key: each for each in planned.plan.letters}
    return [letters[row.letter].rungs for row in planned.plan.rows]


def test_a_message_over_the_limit_is_refused_by_line() -> None:
    ((line, message),) = refusals(csv=LIMITED, size=60_000)
    assert line == 2
    assert message.startswith("the message has 0.")
    assert message.endswith("over 0.05 MB. Set [mail] ladder, or attach fewer formats.")


def test_smaller_pictures_come_first_where_the_editor_says_so() -> None:
    readers = LIMITED.replace("0.05", "0.3")
    assert rungs(readers, "smaller-pictures", "link", size=2000)[1] == ()
    assert rungs(readers, "smaller-pictures", "link", size=2000)[0] == ("smaller-pictures",)


def test_a_step_that_changes_nothing_is_not_taken() -> None:
    readers = HEAD + "ann@example.com,Ann,none,,,0.01\n"
    (letter,) = plan(request(readers, mail=Mail(ladder=("link", "text"), link_base="https://a.example"))).plan.letters
    assert letter.rungs == ("text",)


def test_a_link_stands_in_the_place_of_a_file() -> None:
    planned = plan(
        request(
            HEAD + "ann@example.com,Ann,pdf,,,1\n",
            mail=Mail(ladder=("link",), link_base="https://example.com/issues/"),
            size=3_000_000,
        )
    )
    message = messages(planned)["ann@example.com"]
    (told,) = [part for part in message.walk() if part.get_filename() == "issue-7.links.txt"]
    assert told.get_content() == "issue-7.pdf (3.0 MB)\nhttps://example.com/issues/issue-7/issue-7.pdf\n\n"
    assert told.get_content_disposition() == "inline"
    assert planned.notices == ("en pdf [link]: made smaller for 1, link.",)


def test_text_alone_is_the_last_rung() -> None:
    (found,) = rungs(HEAD + "ann@example.com,Ann,pdf,,,0.01\n", "smaller-pictures", "text", size=20_000)
    assert found == ("smaller-pictures", "text")


def test_without_a_place_on_the_web_there_is_no_link() -> None:
    with pytest.raises(RecipientsError, match="Even the last of"):
        rungs(HEAD + "ann@example.com,Ann,pdf,,,1\n", "link", size=3_000_000, base=None)


def test_a_large_message_is_told() -> None:
    planned = plan(request(ANN, mail=Mail(warn=1), size=2_000_000))
    assert [each for each in planned.notices if "more than 1 MB" in each]


# --- Nobody is told what is not for him -------------------------------------------------------

LANGUAGES = ("en", "ar", "pt", "pt-BR")
SEGMENTS = ("", "patrons", "press")
ROUTES = st.lists(
    st.builds(
        Route,
        language=st.sampled_from([None, *LANGUAGES, "sv"]),
        segment=st.sampled_from([None, *SEGMENTS[1:]]),
        edition=st.sampled_from([None, None, *LANGUAGES]),
        formats=st.sampled_from([None, (), ("pdf",), ("epub", "txt")]),
    ),
    max_size=4,
)
READER = st.tuples(
    st.sampled_from(["", *LANGUAGES, "en-GB", "pt-PT", "sv"]),
    st.sampled_from(SEGMENTS),
    st.sampled_from(["", "none", "pdf", '"pdf, txt"']),
)


def expected(routes: Sequence[Route], language: str, segment: str, formats: str) -> tuple[str, set[str]] | None:
    """What a reader is to get, told the long way; None for nothing at all."""
    speaks = language or "en"
    fitting = [
        route
        for route in routes or [Route()]
        if (route.language is None or speaks == route.language or speaks.startswith(f"{route.language}-"))
        and (route.segment is None or route.segment == segment)
    ]
    if not fitting:
        return None
    known = {"en": "en", "en-GB": "en", "ar": "ar", "pt": "pt", "pt-PT": "pt", "pt-BR": "pt-BR"}
    edition = fitting[0].edition or known.get(speaks)
    wished = set(FORMATS) if not formats else set(re.findall("pdf|txt", formats))
    return (edition, wished if fitting[0].formats is None else set(fitting[0].formats)) if edition else None


@settings(max_examples=1000)
@given(ROUTES, st.lists(READER, min_size=1, max_size=4))
def test_no_part_of_any_message_is_of_another_set(routes: list[Route], readers: list[tuple[str, str, str]]) -> None:
    csv = HEAD + "".join(f"r{n}@example.com,R{n},{f},{lang},{seg},\n" for n, (lang, seg, f) in enumerate(readers))
    wanted = {f"r{n}@example.com": expected(routes, lang, seg, f) for n, (lang, seg, f) in enumerate(readers)}
    asked = request(csv, issue=issue(*routes), materials=_MATERIALS)
    if None in wanted.values():
        with pytest.raises(RecipientsError) as raised:
            plan(asked)
        lines = [number for number, each in enumerate(wanted.values(), 2) if each is None]
        assert [each.line for each in raised.value.problems] == lines
        return
    for to, message in messages(plan(asked)).items():
        language, formats = wanted[to] or ("", set())
        said = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
        others = [mark(each).split(" in ")[1].encode() for each in LANGUAGES if each != language]
        assert not [
            part for part in [*said, str(message["Subject"]).encode()] for each in others if b"in " + each in part
        ]
        assert {str(name) for name in files(message)} == {f"{slug(language)}.{each}" for each in formats}


_MATERIALS = {language: material(language, Mail(), 200, 45) for language in LANGUAGES}


@pytest.mark.parametrize(
    ("wanted", "found"), [("en-GB", "en"), ("pt-BR-x-y", "pt-BR"), ("zh-Hant-HK", None), ("PT", "pt"), ("p", None)]
)
def test_the_nearest_wider_language_is_found(wanted: str, found: str | None) -> None:
    assert lookup(wanted, LANGUAGES) == found


def test_a_language_is_no_prefix_of_another_word() -> None:
    assert not matches("ena", "en")


# --- The same again ---------------------------------------------------------------------------


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    once, twice = plan(request(THREE)), plan(request(THREE))
    assert planfile.dump(once.plan) == planfile.dump(twice.plan)
    outbox.write(once.mailing, tmp_path / "once", every=True)
    outbox.write(twice.mailing, tmp_path / "twice", every=True)
    assert contents(tmp_path / "once") == contents(tmp_path / "twice")


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = plan(request(THREE)).plan
    planfile.save(made, tmp_path / "7.plan.json")
    assert planfile.load(tmp_path / "7.plan.json") == made


def test_a_plan_changed_by_hand_is_none(tmp_path: Path) -> None:
    file = tmp_path / "7.plan.json"
    planfile.save(plan(request(THREE)).plan, file)
    file.write_text(file.read_text(encoding="utf-8").replace('"revision": 1', '"revision": 2'), encoding="utf-8")
    with pytest.raises(MailError, match="it was changed"):
        planfile.load(file)


def test_a_plan_holds_no_address_of_the_list() -> None:
    assert not re.search(rb"(ann|bob|cat)@", planfile.dump(plan(request(THREE)).plan))


# --- Outbox -----------------------------------------------------------------------------------


def test_the_outbox_has_a_message_of_each_combination_and_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    more = THREE + "dan@example.com,Dan,pdf,,,\n"
    outbox.write(plan(request(more)).mailing, folder)
    assert sorted(contents(folder)) == ["ar-none.eml", "en-docx+epub-patrons.eml", "en-pdf.eml"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_clearing_the_outbox_leaves_other_files(tmp_path: Path) -> None:
    outbox.write(plan(request(THREE)).mailing, tmp_path)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert outbox.clear(tmp_path) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


# --- Archive ----------------------------------------------------------------------------------


def kept(folder: Path, csv: str = THREE, **said: Any) -> tuple[Archive, Planned]:
    """A plan that was sent."""
    asked = request(csv, **said)
    planned = plan(asked)
    archive = Archive(folder)
    archive.keep(planned.plan, objects(asked).__getitem__)
    return archive, planned


def test_a_sent_message_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    archive, planned = kept(tmp_path)
    plan_kept = archive.plan("7", 1)
    assert plan_kept is not None
    again = mailing(plan_kept, archive.object, request(THREE).recipients.entries, IDENTITIES)
    for row in planned.plan.rows:
        assert again.outgoing(row.recipient) == planned.mailing.outgoing(row.recipient)


def test_a_message_is_not_made_again_with_another_secret(tmp_path: Path) -> None:
    archive, planned = kept(tmp_path)
    with pytest.raises(SecretError):
        mailing(planned.plan, archive.object, request(THREE).recipients.entries, Identities("x" * 32))


def test_a_message_is_not_made_again_for_who_is_called_otherwise_now(tmp_path: Path) -> None:
    archive, planned = kept(tmp_path)
    renamed = request(THREE.replace("Ann", "Anna")).recipients.entries
    again = mailing(planned.plan, archive.object, renamed, IDENTITIES)
    with pytest.raises(MailError, match="not the one that was planned"):
        again.outgoing(planned.plan.rows[0].recipient)


def test_a_file_that_comes_back_is_recognised(tmp_path: Path) -> None:
    archive, planned = kept(tmp_path)
    (pdf,) = [
        each.sha256 for letter in planned.plan.letters for each in letter.attachments if each.name == "issue-7.pdf"
    ]
    found = list(sightings(archive, pdf))
    assert [(each.issue, each.revision, each.name, each.role) for each in found] == [
        ("7", 1, "issue-7.pdf", "attachment"),
        ("7", 1, "issue-7/issue-7.pdf", "edition"),
    ]


def test_what_is_the_same_is_kept_once(tmp_path: Path) -> None:
    kept(tmp_path)
    before = sorted((tmp_path / "objects").iterdir())
    kept(tmp_path, issue=issue(revision=2))
    assert sorted((tmp_path / "objects").iterdir()) == before
    assert Archive(tmp_path).revisions("7") == (1, 2)


def test_another_text_of_the_same_revision_is_refused(tmp_path: Path) -> None:
    kept(tmp_path)
    with pytest.raises(MailError, match="Raise 'revision'"):
        kept(tmp_path, size=3000)


def test_recipients_may_be_added_to_a_revision(tmp_path: Path) -> None:
    kept(tmp_path)
    archive, _ = kept(tmp_path, THREE + "dan@example.com,Dan,txt,,,\n")
    assert len((archive.plan("7", 1) or planned_nothing()).rows) == 4


def planned_nothing() -> Plan:
    """No plan at all."""
    raise AssertionError("there is no plan")


def test_a_damaged_object_is_told(tmp_path: Path) -> None:
    archive, planned = kept(tmp_path)
    digest = planned.plan.letters[0].text.sha256
    (tmp_path / "objects" / digest).write_bytes(b"other")
    with pytest.raises(MailError, match="it was damaged"):
        archive.object(digest)


# --- Gates ------------------------------------------------------------------------------------


SOURCES = {"7.toml": "1", "a.md": "2"}


class Everything:
    """All is approved, made of ``sources``."""

    def __init__(self, sources: Mapping[str, str] = SOURCES) -> None:
        self.sources = sources

    def approved(self, files: Any, recipients: str) -> tuple[str, ...]:
        """Nothing stands against it."""
        return ()


class Nothing:
    """Nothing is approved."""

    sources: Mapping[str, str] = {}

    def approved(self, files: Any, recipients: str) -> tuple[str, ...]:
        """Every file stands against it."""
        return tuple(f"'{name}' is not approved." for name in sorted(files))


MADE = plan(request(THREE, sources=SOURCES)).plan
DOCUMENT = "issue-7.ar/issue-7.ar.docx"
DAMAGED = {**dict(MADE.artefacts), DOCUMENT: "0" * 64}
LACKING = {name: digest for name, digest in MADE.artefacts if name != DOCUMENT}


def circumstances(**said: Any) -> Circumstances:
    """An hour after planning, nothing in the way but what is ``said``."""
    usual = Circumstances(
        now=DATE + timedelta(hours=1),
        max_age=timedelta(hours=72),
        files=dict(MADE.artefacts),
        recipients_sha256=MADE.recipients_sha256,
        manner=MADE.manner,
        ledger=False,
        sent=(),
        approval=Everything(),
    )
    return replace(usual, **said)


def test_an_approved_plan_may_go() -> None:
    assert objections(MADE, circumstances()) == ()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"now": DATE + timedelta(hours=73)}, "The plan is 73 hours old, more than 72."),
        ({"now": DATE - timedelta(hours=1)}, "The plan is of a time to come."),
        ({"room": 1000}, "The largest message has "),
        ({"sent": (1,)}, "Something was sent of revision 1, and the ledger that says to whom is missing."),
        ({"files": DAMAGED}, "'issue-7.ar/issue-7.ar.docx' changed since it was planned. Plan again:"),
        ({"files": LACKING}, "'issue-7.ar/issue-7.ar.docx' is missing. Build the issue again:"),
        ({"recipients_sha256": "0" * 64}, "The recipients' file readers.csv changed since"),
        ({"manner": "0" * 64}, "[mail] of the settings changed since it was planned."),
        ({"approval": Everything({"7.toml": "1", "a.md": "3"})}, "'a.md' changed since it was planned."),
        ({"approval": Everything({**SOURCES, "a.meta.toml": "3"})}, "'a.meta.toml' changed since it was planned."),
        ({"approval": Nothing()}, "'issue-7.ar/issue-7.ar.docx' is not approved. Approve it: exporter approve"),
    ],
)
def test_what_stands_against_sending_is_told(said: dict[str, Any], message: str) -> None:
    assert objections(MADE, circumstances(**said))[0].startswith(message)


@pytest.mark.parametrize(
    ("held", "message"),
    [
        (Held(path="a.md", draft=True), "a.md: a draft."),
        (Held(path="a.md", embargo=date(2026, 12, 1)), "a.md: under embargo until 2026-12-01."),
    ],
)
def test_articles_that_must_not_go_out_are_told(held: Held, message: str) -> None:
    made = plan(request(THREE, sources=SOURCES, held=(held,)))
    assert message in made.notices
    assert objections(made.plan, circumstances())[0].startswith(message)


def test_an_embargo_that_passed_stands_against_nothing() -> None:
    passed = Held(path="a.md", embargo=date(2026, 11, 30))
    assert objections(replace(MADE, held=(passed,)), circumstances()) == ()


@given(st.lists(st.builds(Held, path=st.just("a.md"), draft=st.booleans(), embargo=st.none() | st.dates())))
def test_nothing_goes_out_with_a_draft_or_before_an_embargo_passed(held: list[Held]) -> None:
    today = circumstances().now.date()
    refused = [each for each in held if each.draft or (each.embargo and each.embargo > today)]
    assert len(objections(replace(MADE, held=tuple(held)), circumstances())) == len(refused)


def test_a_ledger_that_is_there_lets_more_be_sent() -> None:
    assert objections(MADE, circumstances(sent=(1,), ledger=True)) == ()


def test_who_left_meanwhile_is_no_reason_to_plan_again() -> None:
    ann = IDENTITIES.recipient(addresses.parse("ann@example.com"))
    left = SuppressionList({ann: Suppression(ann, "unsubscribed", date(2026, 1, 1))})
    plan_now = MADE.withholding(left.reason)
    assert objections(plan_now, circumstances()) == ()
    assert [row.recipient for row in plan_now.rows if row.withheld] == [ann]


# --- Stock ------------------------------------------------------------------------------------


def stocked(folder: Path, **said: Any) -> tuple[Stock, Planned]:
    """A plan, the editions in OUT, and what it needs beside them."""
    asked = request(THREE, **said)
    planned = plan(asked)
    stock = Stock(folder / "7.planned", folder / "out")
    for name, digest in planned.plan.artefacts:
        path = folder / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(objects(asked)[digest])
    stock.keep(planned.plan, objects(asked))
    return stock, planned


def test_what_was_planned_is_made_again_without_the_issue(tmp_path: Path) -> None:
    stock, planned = stocked(tmp_path)
    again = mailing(planned.plan, stock.of(planned.plan), request(THREE).recipients.entries, IDENTITIES)
    for row in planned.plan.rows:
        assert again.outgoing(row.recipient) == planned.mailing.outgoing(row.recipient)


def test_editions_are_kept_once_and_former_pictures_not_at_all(tmp_path: Path) -> None:
    stocked(tmp_path)
    stock, planned = stocked(tmp_path, mail=Mail(refuse=1, ladder=("smaller-pictures",)), size=2000)
    pictures = {each.sha256 for letter in planned.plan.letters for each in letter.pictures}
    assert {path.name for path in stock.folder.iterdir()} == pictures


def test_an_edition_that_changes_at_the_last_moment_is_not_sent(tmp_path: Path) -> None:
    stock, planned = stocked(tmp_path)
    (stock.out / DOCUMENT).write_bytes(b"other")
    with pytest.raises(MailError, match="changed just now"):
        stock.of(planned.plan)(dict(planned.plan.artefacts)[DOCUMENT])
