from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, Label, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from tuoyu.accounts.forms import Chosen
from tuoyu.archives.encoding import CHOOSE_AGAIN, NotAPicture, encoded
from tuoyu.feedback.frequent import LONGEST_QUESTION
from tuoyu.feedback.questions import KINDS, LONGEST_ADDRESS, LONGEST_TITLE
from tuoyu.feedback.remarks import LONGEST_TEXT
from tuoyu.indicators.normal import plain
from tuoyu.regions.picker import OURS

NO_CHILDREN = "请勿填写或上传婴幼儿的姓名、照片等个人信息。"


def line(label, longest, field=StringField, **options):
    """Words that must be there, at most `longest` characters; blanks are none."""
    too_long = Length(max=longest, message=f"最多 {longest} 个字")
    checks = [DataRequired("请填写"), too_long]
    return field(label, checks, filters=[lambda typed: typed and plain(typed)], **options)


class AskForm(FlaskForm):
    about = HiddenField(filters=[lambda typed: plain(typed or "")[:LONGEST_ADDRESS]])
    kind = Chosen("类别", [InputRequired("请选择")], choices=[("", "请选择"), *KINDS.items()])
    title = line("标题", LONGEST_TITLE, description="一句话说明问题，如“临时托按人还是按人次填”")
    body = line("问题或建议", LONGEST_TEXT, TextAreaField, description=NO_CHILDREN)
    picture = FileField("截图（可不传）", description="一张，JPG 或 PNG，不超过 5 MB")

    taken = None  # the bytes of the picture

    def validate(self, extra_validators=None):
        good = super().validate(extra_validators)
        if self.picture.data and not good:
            self.picture.errors = [*self.picture.errors, CHOOSE_AGAIN]
        return good

    def validate_picture(self, field):
        if not field.data:
            return
        try:
            self.taken = encoded(field.data.stream).file
        except NotAPicture as refusal:
            raise ValidationError(f"图片{refusal}") from None

    @property
    def words(self):
        """What Question.asked takes."""
        return {
            "kind": self.kind.data,
            "title": self.title.data,
            "body": self.body.data,
            "about": self.about.data if OURS.fullmatch(self.about.data) else "",
            "picture": self.taken,
            "has_picture": self.taken is not None,
        }


class SayForm(FlaskForm):
    body = line("内容", LONGEST_TEXT, TextAreaField)

    def call(self, label):
        """Name what is to be said."""
        self.body.label = Label(self.body.id, label)


class FrequentForm(FlaskForm):
    question_id = HiddenField(filters=[lambda typed: number_in(typed)])
    kind = Chosen("类别", choices=list(KINDS.items()))
    question = line("问题", LONGEST_QUESTION, description="去掉机构名称、人名和电话后再公布。")
    answer = line("答复", LONGEST_TEXT, TextAreaField)


def number_in(typed):
    """The number of a question in a hidden field; None for anything else."""
    digits = str(typed or "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None
