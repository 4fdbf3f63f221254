"""Everything between a person's file or form and the rules."""
