"""What people type, brought to one form: full-width digits, thousands, stray spaces."""

import re
import unicodedata

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Characters that show nothing: marks of direction and joining, fillers of other scripts, blanks.
MARKS = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xAD, 0xFEFF)
FILLERS = (0x115F, 0x1160, 0x180E, 0x2800, 0x3164, 0xFFA0)
SPACES = (code for code in range(0x3001) if chr(code).isspace())
INVISIBLE = "".join(map(chr, (*SPACES, *MARKS, *FILLERS)))
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def plain(text):
    """Text without control characters, and with nothing invisible at the ends; line breaks stay, and
    so do marks within, which join signs."""
    kept = (c for c in str(text) if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip(INVISIBLE)


def half_width(text):
    """Full-width letters, digits and marks as half-width ones; no spaces at the ends.

    Nothing else is changed: Unicode's own compatibility forms would read 10⁹ as 109.
    """
    return plain(text).translate(FULL_WIDTH).strip()


def numeral(text):
    """Digits as typed in WPS or on a phone: "１，２３４。５" becomes "1234.5".

    Only spaces and commas that group thousands go; two cells pasted into one field ("12 15") stay
    two, and are no number.
    """
    bare = str(text).translate(FULL_WIDTH).strip().replace("。", ".").replace("、", ",")
    grouped = re.fullmatch(r"-?[0-9]{1,3}([, ][0-9]{3})+(\.[0-9]+)?", bare)
    return re.sub("[, ]", "", bare) if grouped else bare


def credit_code(text):
    """A unified social credit code as it is compared: half-width capitals, no spaces."""
    return re.sub(r"[\s-]", "", half_width(text)).upper()


def is_credit_code(code):
    """Whether the 18 characters are of the alphabet and the check digit is right (GB 32100-2015)."""
    if len(code) != 18 or any(c not in CREDIT_ALPHABET for c in code):
        return False
    total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(code, CREDIT_WEIGHTS, strict=False))
    return CREDIT_ALPHABET[(31 - total % 31) % 31] == code[-1]


def is_phone(text):
    """A Chinese mobile or fixed number, with or without area code dash and extension."""
    return bool(re.fullmatch(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?", text, re.ASCII))
