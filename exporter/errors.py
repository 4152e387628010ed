"""What can go wrong, as few types as a caller can act on.

    ExporterError            anything this package refuses, as one line for a person
    ├── SourceError          the article's source: carries file, line and an S0xx code
    ├── RenderError          a renderer could not make an edition
    ├── ExtractionError      a finished edition could not be read back
    ├── FormatError          no reader, renderer or extractor of that name
    ├── SettingsError        ``exporter.toml``, the environment or an option
    ├── LockedError          another build or run holds the folder
    ├── ApprovalError        an issue, or its approval, cannot be changed or given as asked
    ├── DeliveryError        the ledger of deliveries, or the mail server, does not allow it
    ├── WorkerError          a process at work on an article died, or took too long
    └── ToolError            a tool or system library is missing; says what mends it

Every message is one line: what, where, what to do.
"""

__all__ = [
    "ApprovalError",
    "DeliveryError",
    "ExporterError",
    "ExtractionError",
    "FormatError",
    "LockedError",
    "RenderError",
    "SettingsError",
    "SourceError",
    "ToolError",
    "WorkerError",
]


class ExporterError(Exception):
    """Base of all errors raised on purpose; ``str()`` is one line for a person."""


class SourceError(ExporterError):
    """The source of an article is refused.

    ``code`` is an S0xx code of ``docs/verification.md``; ``line`` is 1-based, 0 for the whole file.
    """

    def __init__(self, message: str, *, file: str = "", line: int = 0, code: str = "S000") -> None:
        self.message = message
        self.file = file
        self.line = line
        self.code = code
        super().__init__(message)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        return f"{place}{self.message} [{self.code}]"


class RenderError(ExporterError):
    """A renderer could not make an edition of an article.

    ``code`` is that of the proof the edition would have failed, of ``docs/verification.md``; "" for none.
    """

    def __init__(self, message: str, *, code: str = "") -> None:
        self.code = code
        super().__init__(message)


class ExtractionError(ExporterError):
    """A finished edition is not readable as what it claims to be."""


class FormatError(ExporterError):
    """No reader, renderer or extractor of that name is installed."""


class SettingsError(ExporterError):
    """A setting is unknown or has a value that is not valid."""


class LockedError(ExporterError):
    """Another build holds the folder, or another run the ledger; try again."""


class DeliveryError(ExporterError):
    """The ledger of deliveries does not allow it, or nothing can be handed to the mail server."""


class ApprovalError(ExporterError):
    """An issue cannot be approved as it stands, or changed as asked; the message says what can be done."""


class WorkerError(ExporterError):
    """The process at work on a task died, or took longer than it may."""


class ToolError(ExporterError):
    """A required tool or system library is missing; the message says what mends it."""
