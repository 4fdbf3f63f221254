"""Files from strangers and files not finished yet."""
