"""What an exception means for an article."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from exporter.building.reports import Failure
from exporter.errors import ExporterError, SourceError, ToolError, WorkerError
from exporter.stores import StoreError

UNDONE: Final = "B002"
"""Code of the failure that whoever was at work on an article did not come to its end: the source is not to blame."""

_STAND: Final = "The earlier editions stand as they were"


def failure(path: Path, error: BaseException, *, debug: bool) -> Failure:
    """What ``error`` means for the article ``path``; one of no kind of ours is a fault, raised with ``debug``."""
    match error:
        case SourceError() if error.file in ("", str(path)):
            return Failure(message=error.message, code=error.code, line=error.line)
        case SourceError():
            return Failure(message=str(error).removesuffix(f" [{error.code}]"), code=error.code)
        case WorkerError():
            return Failure(message=f"{error}. {_STAND}.", code=UNDONE)
        case ExporterError():
            return Failure(message=str(error).removeprefix(f"{path}: "), tool=isinstance(error, ToolError))
        case StoreError():
            return Failure(message=f"{error.filename}: {error.strerror}. What its manifest names is whole; run again.")
        case OSError():
            what = f"{error.filename or 'The editions'} cannot be read or written: {error.strerror or error}"
            return Failure(message=f"{what}. {_STAND}.")
        case Exception() if not debug:
            return Failure(message=fault("Reading", error))
        case _:
            raise error


def fault(what: str, error: BaseException) -> str:
    """The sentence on an ``error`` nobody foresaw."""
    return f"{what} broke down: {type(error).__name__}: {reason(error)}. Run again with --debug and report it."


def reason(error: BaseException) -> str:
    """What ``error`` says, on one line."""
    return " ".join(str(error).split()) or "no reason given"
