"""Turn an article into the words that are said: clean it, put it into spoken form, find sentences."""
