"""Articles in the data that a page brings for its own script, for pages that show nothing until it runs."""
