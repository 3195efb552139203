"""本组均为 0: fill the blanks of a group of figures with 0, and nothing but the blanks."""

from tuoyu.reports.sheet import ZEROS


def zeros_at(section):
    """The Zeros whose button stands at the head of the section."""
    return [zeros for zeros in ZEROS if zeros.section == section.title]


def fill_with_zeros(form, name):
    """Put 0 where nothing is typed in the group of that name; answers what was done, "" for the
    name of no group."""
    zeros = next((zeros for zeros in ZEROS if zeros.name == name), None)
    if zeros is None:
        return ""
    fields = [form[key] for key in zeros.keys]
    blank = [field for field in fields if field.data is None and not (field.typed or "").strip()]
    kept = [field for field in fields if field not in blank and field.data != 0]
    for field in blank:
        field.data, field.typed = 0, None
    return said(len(blank), len(kept))


def said(filled, kept):
    done = f"已填 {filled} 项 0" if filled else "没有空着的项"
    return done + (f"，另有 {kept} 项已填的数没有改动。" if kept else "。")
