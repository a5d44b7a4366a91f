"""The choice of a page's article: evidence from extractors and from the page, weighed by learnt trees."""
