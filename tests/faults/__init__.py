"""The real command under faults: it loses nothing, and the next run ends where an undisturbed one would."""
