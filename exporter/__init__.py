"""One canonical article in; PDF, DOCX, EPUB and plain text out, each proved to say what it says."""
