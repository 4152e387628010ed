"""Emails: an article as the two bodies of a message, with slots for what is each recipient's own.

``docs/email-body.md`` tells what they look like, what their options are, and how they are held to the article.
"""

from exporter.renderers.email.html import EmailRenderer
from exporter.renderers.email.pictures import content_id, file_name, pictures
from exporter.renderers.email.text import EmailTextRenderer

__all__ = ["EmailRenderer", "EmailTextRenderer", "content_id", "file_name", "pictures"]
