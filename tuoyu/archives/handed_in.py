"""What the receipt of an archive vouches for."""

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.archives.checks import ARCHIVE


class HandedIn:
    """A version of the archive with its `pictures`."""

    title = ARCHIVE.title

    # [[digest, caption], …] of the pictures, once others have taken their place
    handed_in_with: Mapped[list | None] = mapped_column(JSONB(none_as_null=True))

    @property
    def receipt_mark(self):
        return f"DA{self.version:02}"

    @property
    def enclosed(self):
        shown = [[p.picture.digest, p.caption] for p in self.pictures]
        was_replaced = self.handed_in_with is not None and not self.is_editable
        return {"pictures": self.handed_in_with if was_replaced else shown}

    def submit(self, by):
        """Hand in what is shown now."""
        self.handed_in_with = None
        return super().submit(by)
