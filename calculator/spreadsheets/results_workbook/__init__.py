"""The results workbook: who is owed what, most urgent first, with the working, the problems and the law.

The large sheets are rendered row by row, so that memory does not grow with them. No cell is ever a formula made of a person's text.
"""
