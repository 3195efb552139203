"""What is asked of who declares a month: that it was verified, or why nobody was there."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from tuoyu.clock import now
from tuoyu.indicators.fields import DayField
from tuoyu.indicators.kinds import Day
from tuoyu.indicators.normal import plain
from tuoyu.reports.calendar import first_of
from tuoyu.reports.declarations import Declaration

OTHER = "其他"
CAUSES = ("寒暑假停托", "新开未招生", "装修", OTHER)
LONGEST = 100


def line(label, *validators, **options):
    too_long = Length(max=LONGEST, message=f"最多{LONGEST}字")
    return StringField(
        label, [*validators, too_long], filters=[lambda t: t and plain(t)], **options
    )


class DeclarationForm(FlaskForm):
    """`edition` is the one that was shown; `replace` lets typed figures be replaced."""

    edition = HiddenField()
    replace = BooleanField("用上述数字替换已填写的数字")

    def __init__(self, report, **options):
        super().__init__(**options)
        self.month = report.month

    @property
    def declared(self):
        """What to declare besides the kind."""
        return {"because": ""}


class NoChangeForm(DeclarationForm):
    verified = BooleanField(
        "已核实：除月龄外，各项与上月相同", [DataRequired("请核对各项指标后勾选“已核实”")]
    )

    @property
    def declared(self):
        return {"verified_at": now()}


class ZeroForm(DeclarationForm):
    cause = SelectField(
        "零入托的原因",
        [DataRequired("请选择零入托的原因")],
        choices=[SelectChoice("", "请选择"), *(SelectChoice(cause) for cause in CAUSES)],
        validate_choice=False,
    )
    other = line("其他原因", description="原因选“其他”时填写；其他情况可以补充说明")

    def validate_cause(self, field):
        if field.data not in CAUSES:
            raise ValidationError("请从列表中选择")

    def validate_other(self, field):
        if self.cause.data == OTHER and not field.data:
            raise ValidationError("请写明原因")

    @property
    def declared(self):
        return {"because": "：".join(filter(None, (self.cause.data, self.other.data)))}


class ClosedForm(DeclarationForm):
    reason = line("停业（暂停）的原因", DataRequired("请填写停业的原因"))
    closed_from = DayField(Day("closed_from", "停业开始日期"))
    closed_until = DayField(Day("closed_until", "停业结束日期", hint="尚未确定的可不填"))

    def validate_closed_from(self, field):
        if field.data is None and not field.process_errors:
            raise ValidationError("请填写停业开始日期")
        if field.data and field.data > self.month:
            raise ValidationError(f"应不晚于 {self.month}：本月营业过的，请按实际情况填报")

    def validate_closed_until(self, field):
        if field.data and field.data < (last_day := last_day_of(self.month)):
            raise ValidationError(f"应不早于 {last_day}：本月营业过的，请按实际情况填报")

    @property
    def declared(self):
        return {
            "because": self.reason.data,
            "closed_from": self.closed_from.data,
            "closed_until": self.closed_until.data,
        }


def last_day_of(month):
    return first_of(month, 1) - month.resolution


FORMS = {
    Declaration.NO_CHANGE: NoChangeForm,
    Declaration.ZERO: ZeroForm,
    Declaration.CLOSED: ClosedForm,
}
