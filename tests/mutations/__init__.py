"""Mutations: articles changed in one character or word, and held to the editions of the unchanged ones.

    kinds     the ways a source is changed, by name
    sources   the articles: the project's own, and those of a folder
    trials    one mutation against every edition, through the public door
    report    the outcome, in figures and one by one

``make mutations`` runs them all; ``tests/test_mutations.py`` a few.
"""
