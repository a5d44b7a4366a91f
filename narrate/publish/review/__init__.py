"""The page on which a draft is reviewed, and the server that answers it."""
