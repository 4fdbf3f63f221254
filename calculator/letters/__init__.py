"""Letters to the employer, the pension scheme and the member, from the results of a table of cases."""
