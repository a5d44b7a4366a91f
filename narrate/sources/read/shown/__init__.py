"""What a browser shows of a page, and what of it is words: the parsed tree without all else."""
