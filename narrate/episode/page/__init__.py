"""Build the page on which an episode is read along while it is heard."""
