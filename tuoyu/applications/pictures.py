"""更换图片: the set of pictures an institution proposes in place of that of its archive."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.archives.models import in_force, open_revision
from tuoyu.archives.pictures import Picture, PlacedPicture, Placing, nine_places
from tuoyu.extensions import db
from tuoyu.workflow.states import State


class ProposedPicture(Placing, db.Model):
    """A picture in its place in a proposed set."""

    __tablename__ = "application_pictures"
    __table_args__ = nine_places("application_id")

    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="cascade"), primary_key=True
    )


def what_it_shows(paper):
    """[[picture, caption], …] of an archive or a proposal, in their order."""
    return [[placed.picture_id, placed.caption] for placed in paper.pictures]


def start_from_the_archive(application):
    """Propose what the archive in force shows, to begin with."""
    archive = in_force(application.institution_id)
    application.pictures = [
        ProposedPicture(picture_id=placed.picture_id, position=n, caption=placed.caption)
        for n, placed in enumerate(archive.pictures if archive else (), 1)
    ]


def replace_pictures(application):
    """The archive in force shows the proposed set from now on. So does a version that is being
    written beside it, unless its pictures were changed there."""
    archive = in_force(application.institution_id, lock=True)
    beside = open_revision(application.institution_id)
    application.replaced = what_it_shows(archive)
    for paper in (archive, beside):
        if paper and what_it_shows(paper) == application.replaced:
            paper.handed_in_with = paper.enclosed["pictures"]
            show(paper, application.pictures)


def show(paper, proposed):
    there = {placed.picture_id: placed for placed in paper.pictures}
    shown = [there.get(p.picture_id) or PlacedPicture(picture_id=p.picture_id) for p in proposed]
    for position, (placed, wanted) in enumerate(zip(shown, proposed, strict=True), 1):
        placed.position, placed.caption = position, wanted.caption
    paper.pictures = shown


class Compared:
    """The proposed set beside the one it replaces: `before` and `after` are lists of placed
    pictures; `removed` and `added` the numbers of those that only one of them shows."""

    def __init__(self, application):
        self.after = application.pictures
        if application.state == State.CONFIRMED:
            self.before = placed_again(application.replaced)
        else:
            archive = in_force(application.institution_id)
            self.before = archive.pictures if archive else []
        old, new = ({p.picture_id for p in side} for side in (self.before, self.after))
        self.removed, self.added = old - new, new - old


def placed_again(shown):
    """A set that is no longer shown, as it was."""
    wanted = select(Picture).where(Picture.id.in_([number for number, _ in shown]))
    pictures = {picture.id: picture for picture in db.session.scalars(wanted)}
    return [
        PlacedPicture(picture_id=n, picture=pictures[n], caption=caption)
        for n, caption in shown
        if n in pictures
    ]
