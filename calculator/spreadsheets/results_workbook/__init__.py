"""The results workbook: who is owed what, most urgent first, with the working, the problems and the law.

The large sheets are rendered in chunks of rows, so that memory does not grow with them. No text of a person can
become a formula.
"""
