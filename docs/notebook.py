# %% [markdown]
# # Cases as frames
#
# Read a table of cases, calculate it, group it by employer and urgency, and plot it. Open this file as a
# notebook in VS Code, or with Jupytext in Jupyter. It needs the extras `frame` and `app`.

# %%
from datetime import date
from pathlib import Path

import altair as alt

from calculator import frames

AS_AT = date(2026, 11, 22)
cases = frames.read_cases(Path("sample_data") / "cases.csv")
cases.head()

# %% [markdown]
# What cannot be read puts its row in error, with what to enter instead.

# %%
problems = frames.problems_of(cases)
problems.loc[problems["severity"] == "must fix", ["field", "wrong", "enter"]]

# %% [markdown]
# One row of results for each case, with the same index. Sums are exact decimals, days are dates. What is not
# known is missing, never 0. Member and scheme are never added together.

# %%
results = frames.assess_frame(cases, as_at=AS_AT)
owed = results[["employer_name", "urgency", "member_total", "scheme_total"]]
by_employer = owed.groupby(["employer_name", "urgency"], observed=True)[
    ["member_total", "scheme_total"]
].sum()
by_employer

# %%
drawn = by_employer.astype(float).reset_index()
chart = (
    alt.Chart(drawn, title="Owed to members, by employer")
    .mark_bar()
    .encode(
        x=alt.X("sum(member_total)", title="pounds"),
        y=alt.Y("employer_name", title=None),
        color=alt.Color("urgency", title="urgency"),
    )
)
chart

# %% [markdown]
# Why one case has its result, step by step with the law.

# %%
first = results.index[results["triage"] == "capped_exact"][0]
steps = frames.explain_frame(cases, [first], as_at=AS_AT)
steps[["label", "amount", "law"]]
