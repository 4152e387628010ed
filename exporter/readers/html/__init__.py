"""Reads HTML as content management systems write it: the article of a page, into the model."""
