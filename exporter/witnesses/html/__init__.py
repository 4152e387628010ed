"""A second reading of HTML, by libxml2 and the rules of ``docs/source-format.md`` once more."""
