"""Newsletter issues: many articles as one, for editions and for the email that carries them."""

from exporter.issues.compose import Composed, Piece, compose, identified
from exporter.issues.issue import Email, Entry, Issue, Part, Route, Selection, Translation, Waiver
from exporter.issues.mail import compose_mail
from exporter.issues.reading import read
from exporter.issues.tables import Problem

__all__ = [
    "Composed",
    "Email",
    "Entry",
    "Issue",
    "Part",
    "Piece",
    "Problem",
    "Route",
    "Selection",
    "Translation",
    "Waiver",
    "compose",
    "compose_mail",
    "identified",
    "read",
]
