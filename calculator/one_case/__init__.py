"""The exits of one person: calculated, saved and opened."""
