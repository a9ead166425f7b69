"""What the page Learn teaches: its words, its drawn examples, its questions, and the pieces that show them."""
