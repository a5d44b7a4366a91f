"""Tell which language a text is in, and what a language tag says."""
