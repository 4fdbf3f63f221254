"""What writes the reference pages and the pictures of the docs."""
