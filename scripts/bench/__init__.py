"""How fast, how large, how sure: exporter beside its peers. ``make bench`` prints the tables and keeps them.

``articles`` makes what is exported, ``contenders`` says who exports it and by which command, ``measuring`` runs a
command and watches it, ``trials`` are the runs, ``stages`` is where the time goes, ``tables`` and ``page`` are what
people read. ``peer`` alone runs in an environment of its own, where the peers are installed.
"""
