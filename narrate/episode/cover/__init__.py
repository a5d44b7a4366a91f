"""Make the cover of an episode: the article's picture, or its title in type."""
