"""Tests against texts nobody on the project wrote; run by ``make corpora``, with CORPORA naming their folder."""
