"""Rules of the web that need no connection: hosts that are private, answers that say when to come back."""
