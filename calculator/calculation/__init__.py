"""The law run over a table of cases."""
