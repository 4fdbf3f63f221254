"""The workbook to fill in, drawn from the list of fields: headings, drop-downs, checks, guidance, examples.

Checks warn where text may be typed that the reader takes (``31/12/2020`` as text, ``nil``) and stop only
at closed choices. All text is written as text, so that none can become a formula.
"""
