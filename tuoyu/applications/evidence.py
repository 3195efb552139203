"""修改依据: at most five files that show why a confirmed figure is wrong. They are judged by what
they contain: pictures are made anew, freed of EXIF and place, and a PDF is kept as it is."""

from datetime import datetime
from hashlib import sha256
from io import BytesIO

from sqlalchemy import DateTime, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from tuoyu.archives.encoding import MOST_BYTES, NotAPicture, encoded
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.indicators.normal import plain
from tuoyu.institutions.models import OfInstitution

MOST_FILES = 5
JPEG, PDF = "image/jpeg", "application/pdf"
ENDINGS = {JPEG: ".jpg", PDF: ".pdf"}
LONGEST_NAME = 100


class Evidence(OfInstitution, db.Model):
    __tablename__ = "application_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(
        ForeignKey("applications.id", ondelete="cascade"), index=True
    )
    name: Mapped[str] = mapped_column(String(LONGEST_NAME + 4))
    mimetype: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))

    @property
    def size_in_words(self):
        """1.2 MB, 340 KB."""
        if self.size >= 1024 * 1024:
            return f"{self.size / 1024 / 1024:.1f} MB"
        return f"{max(1, round(self.size / 1024))} KB"


def add_evidence(application, files):
    """Keep the uploads. Answers what is wrong with them, [] when all are taken; otherwise none is.
    Raises NotEditable outside the maker's hands."""
    application.insist_editable()
    there = len(application.evidence)
    if there + len(files) > MOST_FILES:
        return [f"修改依据最多 {MOST_FILES} 个文件，已有 {there} 个，本次选择了 {len(files)} 个"]
    kept, faults = [], []
    for file in files:
        try:
            kept.append(evidence_from(application, file))
        except NotAPicture as refusal:
            faults.append(f"“{file.filename}”{refusal}")
    if not faults:
        application.evidence += kept
    return faults


def evidence_from(application, file):
    """One upload as a row; raises NotAPicture, saying why in words."""
    content = file.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotAPicture("超过 5 MB，请缩小后再上传")
    mimetype = PDF if is_pdf(content) else JPEG
    if mimetype == JPEG:
        content = picture_in(content)
    return Evidence(
        institution_id=application.institution_id,
        region_path=application.region_path,
        name=name_of(file.filename) + ENDINGS[mimetype],
        mimetype=mimetype,
        size=len(content),
        digest=sha256(content).hexdigest(),
        content=content,
    )


def is_pdf(content):
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def picture_in(content):
    try:
        return encoded(BytesIO(content)).file
    except NotAPicture as refusal:
        if "不是 JPG" in str(refusal):
            raise NotAPicture("不是 JPG、PNG 图片或 PDF 文件，请换一个") from None
        raise


def name_of(filename):
    """The name without folders and ending, short enough to be kept."""
    bare = plain(filename.replace("\\", "/").rpartition("/")[2])
    return (bare.rpartition(".")[0] or bare or "附件")[:LONGEST_NAME]
