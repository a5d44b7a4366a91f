"""Look after the cache folder: who is at work with it, how much lies there, what goes first."""
