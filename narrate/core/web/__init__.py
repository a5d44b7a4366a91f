"""What is known of the web without asking it: hosts that are private, answers that say when to come back."""
