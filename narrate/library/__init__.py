"""Keep a folder of episodes: which there are, whose they are, and changes that happen whole or not at all."""
