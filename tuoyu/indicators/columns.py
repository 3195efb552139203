from sqlalchemy import CheckConstraint, Computed
from sqlalchemy.orm import mapped_column


def columns_for(sheet):
    """A mixin carrying one database column per indicator; totals are generated columns."""
    return type("Columns", (), {i.key: column_for(i) for i in sheet})


def column_for(indicator):
    if indicator.typed_in:
        return mapped_column(indicator.column_type, nullable=True)
    return mapped_column(indicator.column_type, Computed(indicator.sql(), persisted=True))


def constraints_for(sheet, unless):
    """What the database repeats of the sheet: the range of each figure always; completeness and
    the checks between figures except where the SQL condition `unless` holds (an open draft)."""
    for indicator in sheet:
        for condition in indicator.conditions():
            yield CheckConstraint(condition, name=f"{indicator.key}_range")
    required = [i.key for i in sheet.typed_in if i.required]
    everything = f"num_nulls({', '.join(required)}) = 0"
    yield CheckConstraint(f"({unless}) or {everything}", name="complete")
    for number, check in enumerate(check for check in sheet.checks if check.sql()):
        yield CheckConstraint(f"({unless}) or {check.sql()}", name=f"{check.id}_{number}".lower())
