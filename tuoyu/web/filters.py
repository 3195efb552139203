"""How dates, months and numbers are written for a Chinese reader."""

from tuoyu.clock import beijing


def init_app(app):
    app.jinja_env.filters |= {
        "cn_date": cn_date,
        "cn_month": cn_month,
        "cn_second": cn_second,
        "cn_time": cn_time,
        "minute": minute,
    }


def cn_date(day):
    """2023年7月10日; "—" for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


def cn_month(month):
    """2023年7月."""
    return f"{month.year}年{month.month}月"


def cn_second(moment):
    """2023年7月16日 10:00:05, Beijing time; "—" for none."""
    return f"{cn_date(beijing(moment))} {beijing(moment):%H:%M:%S}" if moment else "—"


def cn_time(moment):
    """8月8日 24:00 for the last instant of a day, else 8月8日 16:20, Beijing time."""
    if moment is None:
        return "—"
    moment = beijing(moment)
    if (moment.hour, moment.minute, moment.second) == (23, 59, 59):
        return f"{moment.month}月{moment.day}日24:00"
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def minute(moment):
    """2023-07-23 16:20, Beijing time; "—" for none."""
    return f"{beijing(moment):%Y-%m-%d %H:%M}" if moment else "—"
