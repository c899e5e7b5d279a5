"""What crosses the border of 业务特征: fields, options, values, and drafts of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from app.models.values.features import COMPUTED, SHOWN_ONLY, FieldType, Limits


@dataclass(frozen=True, slots=True)
class FeatureDraft:
    """One feature learnt, as typed or as option ids; of a row elsewhere its id."""

    field_id: int
    value: str = ""
    option_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionView:
    """A choice of a field; a choice of a cascade may stand under another one."""

    id: int
    label: str
    parent_id: int = 0
    colour: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class TalkView:
    """What to talk about when a condition holds; empty ``condition`` is always."""

    id: int
    condition: str
    words: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field the manager defined, with its living choices.

    Expressions and conditions name fields by ``[key]``.
    """

    id: int
    key: str
    label: str
    type: FieldType
    unit: str = ""
    help: str = ""
    required: bool = False
    importance: int = 1
    options: tuple[OptionView, ...] = ()
    archived: bool = False
    section: str = ""
    initial: str = ""
    limits: Limits = field(default=Limits())
    expression: str = ""
    required_when: str = ""
    visible_when: str = ""
    kinds: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    single_use: bool = False
    asked: bool = True
    before_signing: bool = False
    listed: bool = True
    in_radar: bool = False
    imported: bool = True
    talks: tuple[TalkView, ...] = ()
    gone: tuple[OptionView, ...] = ()

    @property
    def holds_value(self) -> bool:
        """Tell whether something can be known of it; words and lines only arrange the form."""
        return self.type not in SHOWN_ONLY

    @property
    def typed(self) -> bool:
        """Tell whether people fill it; the others are computed or only shown."""
        return self.holds_value and self.type not in COMPUTED

    @property
    def every_option(self) -> tuple[OptionView, ...]:
        """Return the choices with those not offered any more: some customer may have one."""
        return (*self.options, *self.gone)

    def applies_to(self, kind: str, industry: str) -> bool:
        """Tell whether it is asked of customers of a kind and an industry."""
        return (not self.kinds or kind in self.kinds) and (
            not self.industries or industry in self.industries
        )


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A field as defined in settings; options are labels in order."""

    label: str
    type: str = "text"
    unit: str = ""
    help: str = ""
    required: bool = False
    importance: int = 1
    options: tuple[str, ...] = ()
    key: str = ""
    section: str = ""
    expression: str = ""


@dataclass(frozen=True, slots=True)
class FeatureView:
    """What is known of one field at one customer; empty ``shown`` is unanswered."""

    field: FieldView
    value: str = ""
    shown: str = ""
    option_ids: tuple[int, ...] = ()
    learnt_on: date | None = None
    channel: str = ""


def split(words: str) -> tuple[str, ...]:
    """Return words kept in one column."""
    return tuple(word for word in words.split("\n") if word)


def path_of(option_id: int, options: Sequence[OptionView]) -> tuple[OptionView, ...]:
    """Return a choice with those it stands under, the widest first."""
    by_id = {one.id: one for one in options}
    found: list[OptionView] = []
    here = by_id.get(option_id)
    while here is not None and here not in found:
        found.append(here)
        here = by_id.get(here.parent_id)
    return tuple(reversed(found))


def option_words(option: OptionView, options: Sequence[OptionView]) -> str:
    """Return a choice as it is read: 华东 / 江苏 / 无锡."""
    return " / ".join(one.label for one in path_of(option.id, options))
