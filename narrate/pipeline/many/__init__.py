"""Speak many articles: several at once, one after the other in a fair turn, again and again, with an outcome each."""
