"""Names, numbers and codes of firms and people as offices write them (product.md 5.2, 5.3, 5.8)."""

from app.models.values.people.codes import CodeCheck, check_uscc
from app.models.values.people.names import (
    FirmName,
    begins_with_surname,
    company_key,
    is_title,
    leading_cities,
    loose_key,
    read_firm,
    strip_title,
)
from app.models.values.people.phones import (
    ChannelKind,
    PhoneNumber,
    lost_digits,
    normal_phone,
    split_phones,
)

__all__ = [
    "ChannelKind",
    "CodeCheck",
    "FirmName",
    "PhoneNumber",
    "begins_with_surname",
    "check_uscc",
    "company_key",
    "is_title",
    "leading_cities",
    "loose_key",
    "lost_digits",
    "normal_phone",
    "read_firm",
    "split_phones",
    "strip_title",
]
