"""A permission matrix read against the rules: who may what by the table, and who may what in fact."""

from collections.abc import Callable, Iterable, Mapping


def faults_of(table: Mapping[str, set[str]], roles: Iterable[str], may: Callable[[str, str], bool]) -> list[str]:
    """A line for each row of the table in which other roles may than it says; `may` asks by row and role."""
    roles, faults = list(roles), []
    for row, wanted in table.items():
        found = {role for role in roles if may(row, role)}
        if found != wanted:
            faults.append(f"{row}: too many {sorted(found - wanted)}, too few {sorted(wanted - found)}")
    return faults
