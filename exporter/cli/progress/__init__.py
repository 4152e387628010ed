"""What is told of a build while it goes on, and at its end: to a person, or to a program."""

from exporter.cli.progress.audience import OUTPUTS, Audience, Output
from exporter.cli.progress.summary import Ending, Summary, duration, losses

__all__ = ["OUTPUTS", "Audience", "Ending", "Output", "Summary", "duration", "losses"]
