"""Word files and PDFs: templates, their language, their limits."""
