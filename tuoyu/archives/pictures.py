"""相关图片 of an archive: at most nine, shown to the public later (manual 2.3)."""

from hashlib import sha256

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, declared_attr, deferred, mapped_column, relationship

from tuoyu.archives.encoding import NotAPicture, encoded
from tuoyu.extensions import db
from tuoyu.institutions.models import OfInstitution
from tuoyu.scope import Scoped

MOST_PICTURES = 9
LONGEST_CAPTION = 50


class Picture(OfInstitution, db.Model):
    """A picture of the premises, re-encoded; the bytes lie apart so that lists stay light."""

    __tablename__ = "pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    file: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    thumbnail: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class Placing(Scoped):
    """A picture in its place in a set of at most nine. The tables of such sets share pictures."""

    @declared_attr
    def picture_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey(Picture.id), primary_key=True, index=True)

    position: Mapped[int]
    caption: Mapped[str] = mapped_column(String(LONGEST_CAPTION), default="")

    @declared_attr
    def picture(cls) -> Mapped[Picture]:
        return relationship(Picture, lazy="joined", innerjoin=True)

    @classmethod
    def within(cls, scope):
        return cls.picture_id.in_(select(Picture.id).where(Picture.within(scope)))


def nine_places(owner):
    """What the database holds true of a set; `owner` is the column of whose it is."""
    return (
        UniqueConstraint(owner, "position", deferrable=True, initially="DEFERRED"),
        CheckConstraint(f"position between 1 and {MOST_PICTURES}", name="nine_places"),
    )


class PlacedPicture(Placing, db.Model):
    """A picture in its place in one version of the archive."""

    __tablename__ = "archive_pictures"
    __table_args__ = nine_places("archive_revision_id")

    archive_revision_id: Mapped[int] = mapped_column(
        ForeignKey("archive_revisions.id", ondelete="cascade"), primary_key=True
    )


def add_pictures(archive, files):
    """Put the uploads into the archive's free places. Answers what is wrong with them, [] when all
    are taken; otherwise none is. Raises NotEditable outside the institution's hands."""
    archive.insist_editable()
    if wrong := wrong_number(archive, files):
        return [wrong]
    images, faults = {placed.picture.digest: None for placed in archive.pictures}, []
    for number, file in enumerate(files, 1):
        try:
            add(images, encoded(file.stream))
        except NotAPicture as refusal:
            faults.append(f"第 {number} 张“{file.filename}”{refusal}")
    if not faults:
        place(archive, {digest: image for digest, image in images.items() if image})
    return faults


def wrong_number(archive, files):
    """What is wrong with how many there are, or None (HA8)."""
    if not files:
        return "请先选择图片"
    there = len(archive.pictures)
    if there + len(files) > MOST_PICTURES:
        return f"最多 {MOST_PICTURES} 张图片，已有 {there} 张，本次选择了 {len(files)} 张"
    return None


def add(images, image):
    digest = sha256(image.file).hexdigest()
    if digest in images:
        raise NotAPicture("与另一张图片相同")
    images[digest] = image


def place(archive, images):
    placing = type(archive).pictures.property.mapper.class_
    taken = {placed.position for placed in archive.pictures}
    free = (position for position in range(1, MOST_PICTURES + 1) if position not in taken)
    for position, (digest, image) in zip(free, images.items(), strict=False):
        picture = Picture(
            institution_id=archive.institution_id,
            region_path=archive.region_path,
            digest=digest,
            **image._asdict(),
        )
        archive.pictures.append(placing(picture=picture, position=position, caption=""))


def remove_picture(archive, placed):
    """Take it out of this version, and throw it away when no other version shows it."""
    archive.insist_editable()
    archive.pictures.remove(placed)
    discard_unplaced([placed.picture])


def discard_unplaced(pictures):
    """Throw away those of the pictures that no set shows any more."""
    db.session.flush()
    wanted, kept = [picture.id for picture in pictures], set()
    for placing in Placing.__subclasses__():
        still = select(placing.picture_id).where(placing.picture_id.in_(wanted))
        kept |= set(db.session.scalars(still))
    for picture in pictures:
        if picture.id not in kept:
            db.session.delete(picture)


def settle(paper, path):
    """Let the set of a paper that has come to lie at `path` show pictures that lie there, because
    who sees a set sees its pictures. Sets that stay behind keep theirs."""
    lying_there = select(Picture).where(
        Picture.institution_id == paper.institution_id, Picture.region_path == path
    )
    there, left = {picture.digest: picture for picture in db.session.scalars(lying_there)}, []
    for placed in paper.pictures:
        if (old := placed.picture).region_path != path:
            left.append(old)
            placed.picture = there[old.digest] = there.get(old.digest) or copy_at(path, old)
    discard_unplaced(left)


def copy_at(path, picture):
    same = ("institution_id", "digest", "width", "height", "file", "thumbnail")
    return Picture(region_path=path, **{key: getattr(picture, key) for key in same})


def move_forward(archive, placed):
    """Change places with the picture before it; the first one stays."""
    archive.insist_editable()
    here = archive.pictures.index(placed)
    if here:
        before = archive.pictures[here - 1]
        before.position, placed.position = placed.position, before.position
        db.session.flush()
        db.session.expire(archive, ["pictures"])
