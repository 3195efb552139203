from functools import cached_property

from sqlalchemy import exists, select

from tuoyu.accounts.models import Role, User
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.regions.models import Region, ReviewMode


class Facts:
    """What the law asks of a paper besides its state; looked up only when asked."""

    def __init__(self, paper):
        self.paper = paper

    @cached_property
    def township_path(self):
        return self.paper.region_path.rstrip("/").rpartition("/")[0] + "/"

    @cached_property
    def county_only(self):
        """Nobody reviews below the county here."""
        mode = select(Region.review_mode).where(Region.path == self.township_path)
        return db.session.scalar(mode) == ReviewMode.COUNTY_ONLY

    @cached_property
    def last_move(self):
        """The name of the last step's move, None before the first."""
        return self.paper.steps[-1].move if self.paper.steps else None

    @property
    def township_overdue(self):
        due = self.paper.township_due
        return due is not None and now() > due

    @cached_property
    def township_staffed(self):
        """Whether an active township officer exists who could review."""
        officer = exists().where(
            User.role == Role.TOWNSHIP, User.region_path == self.township_path, User.active
        )
        return db.session.scalar(select(officer))
