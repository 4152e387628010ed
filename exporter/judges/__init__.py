"""Conformance judges: programs of others, and a few checks nobody else makes, on finished editions.

The verifier holds an edition to its article; a judge holds it to the standard of its format and knows no article.
Judges are entry points of the group ``exporter.judges``; ``docs/judges.md`` lists those that come with this package.
"""
