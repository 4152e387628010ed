"""Real schedulers, workers and S3 servers on loopback: ``make test-cluster``."""
