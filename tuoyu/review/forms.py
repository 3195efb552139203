"""Why a paper goes back. Figures are never changed here: whoever filled them in mends them."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from tuoyu.indicators.normal import plain
from tuoyu.workflow.reviewable import PaperChanged
from tuoyu.workflow.states import ReasonMissing

CAUSES = {
    "reports": (
        "入托人数与上月衔接不上",
        "分组合计与入托数不符",
        "从业人员数与机构档案不符",
        "保育费与公示标准不符",
        "说明不充分，请补充依据",
        "填报口径有误，请对照指标解释核对",
    ),
    "archives": (
        "机构名称、统一代码与证照不一致",
        "地址或所属区域有误",
        "班级、托位数与实际不符",
        "联系人或联系电话有误",
        "备案信息与国家系统不一致",
        "相关图片不清晰或不全",
    ),
    "applications": (
        "申请原因不清楚，请补充说明",
        "所填日期与实际不符",
        "修改依据不足，请补充上传",
        "更正的数据与依据不一致",
        "安置情况不完整",
        "图片不清晰或与机构不符",
    ),
    "township": (
        "乡镇审核意见不完整，请核实后重新审核",
        "辖区内机构情况请先现场核对",
    ),
}
LONGEST_NOTE = 100


class TickedField(SelectMultipleField):
    """Any number of the options on offer."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form):
        if set(self.data or ()) - {value for value, _ in self.choices}:
            raise ValidationError("请从列表中选择")


class ReasonForm(FlaskForm):
    """Common reasons to tick and words of one's own; one of the two at least."""

    marked = {}

    edition = HiddenField()
    cause = TickedField("常见原因")
    reason = TextAreaField(
        "退回原因",
        validators=[Length(max=500, message="退回原因最多500字")],
        description="写清改哪里、怎么改；已勾选常见原因的可不再填写。",
    )

    def __init__(self, causes, **kwargs):
        super().__init__(**kwargs)
        self.cause.choices = [(cause, cause) for cause in causes]

    def validate_reason(self, field):
        if not self.words:
            raise ValidationError(ReasonMissing.message)

    @property
    def words(self):
        """The reason as it is written on the step."""
        own = plain(self.reason.data or "")
        return "；".join([*dict.fromkeys(self.cause.data or []), *([own] if own else [])])

    def refused(self, paper):
        """The status to answer when this cannot be taken, None when it can; the form then says
        why, and what was typed can be sent again."""
        if not self.validate():
            return 422
        try:
            paper.insist_unchanged(self.edition.data)
        except PaperChanged as changed:
            self.form_errors.append(str(changed))
            self.edition.data = paper.edition
            return changed.status
        return None


def return_form(kind, paper, **kwargs):
    """To whoever made the paper; in one of figures they may be marked."""
    if not paper.sheet:
        return ReasonForm(CAUSES[kind], **kwargs)
    return ReturnForm(kind, paper.sheet, **kwargs)


class ReturnForm(ReasonForm):
    """To the institution: figures may be marked, each with a note."""

    mark = TickedField("标出有问题的项目")

    def __init__(self, kind, sheet, **kwargs):
        super().__init__(CAUSES[kind], **kwargs)
        self.mark.choices = [(i.key, i.label) for i in sheet.typed_in]

    def validate_mark(self, field):
        if any(len(self.note(key)) > LONGEST_NOTE for key in field.data or []):
            raise ValidationError(f"每项说明最多{LONGEST_NOTE}字")

    @property
    def marked(self):
        """{field name: what is wrong there} of the figures that were ticked."""
        return {key: self.note(key) for key in self.mark.data or []}

    def note(self, key):
        """What was typed beside a figure."""
        return plain(request.form.get(f"note_{key}", ""))
