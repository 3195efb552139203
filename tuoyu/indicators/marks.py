from dataclasses import dataclass
from datetime import date

from tuoyu.dictionaries.lookup import parameter


@dataclass(frozen=True)
class Marks:
    """The legal marks of a statistical form (《福建省省直部门统计工作规范化管理办法》第18条).

    They come from the settings. As long as one is missing, or they have run out, the sheet says
    that it is a working sheet: an invented mark would be worse than none.
    """

    form_number: str = ""
    made_by: str = ""
    approved_by: str = ""
    approval_number: str = ""
    valid_until: date | None = None

    def stand_on(self, day):
        """Whether the form may carry them on that day."""
        given = (self.form_number, self.made_by, self.approved_by, self.approval_number)
        return all(given) and self.valid_until is not None and day <= self.valid_until


def marks_of(number):
    """The marks as they are set; `number` is the parameter that holds the 表号 of this form."""
    return Marks(
        form_number=parameter(number),
        made_by=parameter("sheet.maker"),
        approved_by=parameter("sheet.approver"),
        approval_number=parameter("sheet.approval_number"),
        valid_until=day_or_none(parameter("sheet.valid_until")),
    )


def day_or_none(text):
    """A date written as 2025-12-31; None for anything else, which leaves the form unmarked."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
