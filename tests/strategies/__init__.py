"""Hypothesis strategies for articles: any that the model can hold, in any character an edition can carry.

``characters`` are those the font library has and the source gate lets in, ``writing`` the texts made
of them, ``articles`` the trees made of those; ``signs`` are trees of short texts that are hardly anything but signs.
"""

from tests.strategies.articles import articles
from tests.strategies.signs import signs
from tests.strategies.writing import LANGUAGES, LOOK_ALIKES, texts

__all__ = ["LANGUAGES", "LOOK_ALIKES", "articles", "signs", "texts"]
