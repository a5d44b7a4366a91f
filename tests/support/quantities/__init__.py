"""Sentences with quantities in them, composed at random with what they mean, and a judge of how they are said."""
