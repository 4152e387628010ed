"""Conformance judges."""
