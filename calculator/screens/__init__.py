"""The screens of the browser app, one file each. They show and ask; what they show is worked out elsewhere."""
