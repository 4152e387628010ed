"""Sound editions broken on purpose, in ways that shops, archives and screen readers meet.

``VARIANTS`` of a format's module has, by name, what makes a broken edition of a sound one: for PDF of
``source/the-last-proof.md``, for EPUB of ``good()``. Each has to be caught by ``exporter verify`` or by one of the
judges; what neither catches is listed with the reason.
"""
