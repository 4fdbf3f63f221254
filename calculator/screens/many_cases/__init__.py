"""The page Check a list, one module for each of its parts."""

from calculator.screens.many_cases.page import show

__all__ = ["show"]
