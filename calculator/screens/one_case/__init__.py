"""The page Check one member, one module for each of its parts."""

from calculator.screens.one_case.page import show

__all__ = ["show"]
