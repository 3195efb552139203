"""What people type, brought to one form: full-width digits, thousands, stray spaces."""

import re
import unicodedata

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def plain(text):
    """Text without control characters or spaces at the ends; line breaks stay."""
    kept = (c for c in str(text) if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def half_width(text):
    """Full-width letters, digits and marks as half-width ones; no spaces at the ends."""
    return unicodedata.normalize("NFKC", plain(text)).strip()


def numeral(text):
    """Digits as typed in WPS or on a phone: "１，２３４。５" becomes "1234.5"."""
    bare = re.sub(r"\s", "", half_width(text).replace("。", ".").replace("、", ","))
    return bare.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare) else bare


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
    return bool(re.fullmatch(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?", text))
