"""Mail: who receives what, in which words of RFC 5322, and what became of it. It knows no format and no article."""
