"""Documents that are no pages: books and word processors' files, told by their first bytes and read into chapters."""
