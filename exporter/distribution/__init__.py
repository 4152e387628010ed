"""An issue on its way to its readers: who gets which editions in which message, and what stands against it."""
