"""The forms of the applications. Every field takes a blank, so that a draft can be kept; what must
not stay blank is told at submission, beside its field."""

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, MultipleFileField

from tuoyu.accounts.forms import VillageField
from tuoyu.applications.evidence import MOST_FILES
from tuoyu.applications.kinds import Kind
from tuoyu.indicators.forms import form_for
from tuoyu.indicators.kinds import Day
from tuoyu.indicators.sheet import Section, Sheet
from tuoyu.indicators.words import LongText, Text
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.workflow.clashes import BLANK


def reason(label, hint=""):
    return LongText("reason", label, hint=hint)


FIELDS = {
    Kind.MOVE: (
        Text("new_address", "迁入后的详细地址", longest=200, hint="到门牌号"),
        reason("变更原因", "如：租约到期搬迁；注册时选错社区"),
    ),
    Kind.SUSPEND: (
        Day("starts_on", "停业开始日期", hint="从这一天起不再收托"),
        Day(
            "ends_on",
            "停业截止日期",
            required=False,
            hint="停业的最后一天；还不能确定的不填，恢复前再申请“恢复运营”",
        ),
        reason("停业原因", "如：寒暑假、装修、停水停电"),
    ),
    Kind.REOPEN: (
        Day("starts_on", "恢复日期", hint="从这一天起恢复收托"),
        reason("说明", "如：装修完工，已通风并检测"),
    ),
    Kind.CLOSE: (
        Day("starts_on", "终止日期", hint="提供服务的最后一天"),
        LongText(
            "settlement",
            "安置情况",
            hint="在托婴幼儿转到哪里、预收费用是否退清、从业人员如何安排；不要写婴幼儿姓名",
        ),
        reason("终止原因"),
    ),
    Kind.CORRECT: (reason("更正原因", "哪里错了、怎么发现的；不要写婴幼儿姓名"),),
    Kind.PICTURES: (),
}
SHEETS = {kind: Sheet(kind.value, (Section("", fields),)) for kind, fields in FIELDS.items()}


class Village(VillageField):
    """A village that may still be open."""

    def pre_validate(self, form):
        if self.data:
            super().pre_validate(form)


class OfApplication:
    """What the forms of all kinds know. `edition` is the one that was shown."""

    def fill(self, application):
        """Put what was typed into the application."""
        for key, value in self.typed_figures.items():
            setattr(application, key, "" if value is None and key not in DATES else value)

    @property
    def typed_figures(self):
        return self.figures

    def told_apart(self, application):
        """(field, sentence) where what is typed is not what another window has kept meanwhile."""
        for key, theirs in said_of(application).items():
            field = self[key]
            if unless_blank(field.data) != unless_blank(theirs):
                shown = field.indicator.show(theirs) if theirs is not None else BLANK
                yield key, f"另一窗口保存的是“{shown or BLANK}”，这里是您填的"
        if "region_code" in self and self.region_code.data != application.target_code:
            there = application.target.full_name if application.target else BLANK
            yield "region_code", f"另一窗口保存的是“{there}”，这里是您选的"

    def blame(self, faults):
        """Say each fault beside its field, or above the form where it has none. Whether there was
        any."""
        for name, sentence in faults:
            if name in self:
                self[name].errors = [*self[name].errors, sentence]
            else:
                self.form_errors.append(sentence)
        return bool(faults)


DATES = ("starts_on", "ends_on")


def unless_blank(value):
    """What was said, or None; 0 says something."""
    return None if value == "" else value


class MoveForm(OfApplication, form_for(SHEETS[Kind.MOVE])):
    edition = HiddenField()
    region_code = Village("迁入区域")

    def fill(self, application):
        super().fill(application)
        region = self.region_code.region
        application.target = region
        application.target_path = region and region.path


class CorrectionForm(OfApplication, form_for(MONTHLY_REPORT)):
    """One field for each figure of the month: what is typed is its corrected value."""

    edition = HiddenField()
    evidence = MultipleFileField(
        "修改依据",
        description="在册登记、考勤、收费台账等的照片（JPG、PNG）或 PDF，最多 "
        f"{MOST_FILES} 个，每个不超过 5 MB；请遮住婴幼儿姓名。照片的拍摄位置会自动去除。",
    )

    def fill(self, application):
        application.figures = {
            key: [self.said(key, application), self.sheet[key].typed(new)]
            for key, new in self.figures.items()
            if new is not None and new != getattr(application.report, key)
        }
        application.reason = self.reason.data or ""

    def said(self, key, application):
        return self.sheet[key].typed(getattr(application.report, key))

    @property
    def files(self):
        return [file for file in request.files.getlist("evidence") if file.filename]


CorrectionForm.reason = form_for(SHEETS[Kind.CORRECT]).reason


class PicturesForm(OfApplication, FlaskForm):
    edition = HiddenField()
    figures = {}


def dated(kind):
    return type("DatedForm", (OfApplication, form_for(SHEETS[kind])), {"edition": HiddenField()})


FORMS = {
    Kind.MOVE: MoveForm,
    Kind.SUSPEND: dated(Kind.SUSPEND),
    Kind.REOPEN: dated(Kind.REOPEN),
    Kind.CLOSE: dated(Kind.CLOSE),
    Kind.CORRECT: CorrectionForm,
    Kind.PICTURES: PicturesForm,
}


def said_of(application):
    """{field: value} as the application keeps it; of a correction every figure, None if right."""
    said = {field.key: getattr(application, field.key) for field in FIELDS[application.kind]}
    if application.kind == Kind.CORRECT:
        corrected = application.corrected
        said |= {figure.key: corrected.get(figure.key) for figure in MONTHLY_REPORT.typed_in}
    return said


def form_of(application, **more):
    """The form of this application; filled with what it says, unless something was posted."""
    said = said_of(application)
    if application.kind == Kind.MOVE:
        said["region_code"] = application.target_code
    return FORMS[application.kind](data=said | {"edition": application.edition}, **more)
