"""What a person knows of an exit: the fields, and how their values are read."""
