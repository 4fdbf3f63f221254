"""The cap, the difference and its interest as variables of OpenFisca: run by a Python that has openfisca-core.

Three of the quantities that the program calculates, in floats, from sums that are arrays already.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2026-11"
CAP, RATE, DAYS = 95_000, 0.08, 2_152
exit_of = build_entity(key="exit", plural="exits", label="An exit", is_person=True)


class due(Variable):  # noqa: N801
    """What was due."""

    value_type, entity, definition_period, label = float, exit_of, MONTH, "due"


class paid(Variable):  # noqa: N801
    """What was paid."""

    value_type, entity, definition_period, label = float, exit_of, MONTH, "paid"


class reduction(Variable):  # noqa: N801
    """What the cap took."""

    value_type, entity, definition_period, label = float, exit_of, MONTH, "reduction"

    def formula(exits, period):  # type: ignore[no-untyped-def] # noqa: N805
        return np.maximum(exits("due", period) - CAP, 0)


class difference(Variable):  # noqa: N801
    """What is still owed."""

    value_type, entity, definition_period, label = float, exit_of, MONTH, "difference"

    def formula(exits, period):  # type: ignore[no-untyped-def] # noqa: N805
        return np.maximum(exits("due", period) - exits("paid", period), 0)


class interest(Variable):  # noqa: N801
    """Simple interest of 8%."""

    value_type, entity, definition_period, label = float, exit_of, MONTH, "interest"

    def formula(exits, period):  # type: ignore[no-untyped-def] # noqa: N805
        return np.round(exits("difference", period) * RATE * DAYS / 365, 2)


def main() -> None:
    """Print the processor seconds for a number of rows."""
    size = int(sys.argv[1])
    system = TaxBenefitSystem([exit_of])
    system.add_variables(due, paid, reduction, difference, interest)
    source = np.random.default_rng(1)
    begun = time.process_time()
    simulation = SimulationBuilder().build_default_simulation(system, count=size)
    simulation.set_input("due", PERIOD, source.uniform(0, 200_000, size))
    simulation.set_input("paid", PERIOD, source.uniform(0, 95_000, size))
    for name in ("reduction", "difference", "interest"):
        simulation.calculate(name, PERIOD)
    print(json.dumps(time.process_time() - begun))


if __name__ == "__main__":
    main()
