"""The types of fields, and the marks that say what a field refers to and how long it may be.

A mark is read by one rule (rules.py), by the JSON Schema and by the data
dictionary (pages/downloads.py), so that each limit is typed once.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

# --- Marks -------------------------------------------------------------------------


class Word(NamedTuple):
    """Marks a field whose words are defined in a section of vocabulary.yml."""

    section: str


class Ref(NamedTuple):
    """Marks a field that holds ids of records in one of some sections.

    `words.sections` is the section of that name in vocabulary.yml.
    """

    sections: tuple[str, ...]


class Words(NamedTuple):
    """Marks a text that has at least and at most so many words."""

    least: int
    most: int


class Neutral(NamedTuple):
    """Marks a text in our own words, in which no word may take a side."""


def ref(*sections: str) -> Ref:
    return Ref(sections)


# --- Records -----------------------------------------------------------------------


class Record(BaseModel):
    """A mapping in a YAML file. No type is converted, no unknown key is accepted."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        validate_by_alias=True,
        use_attribute_docstrings=True,
    )


# --- Dates -------------------------------------------------------------------------

DATE_FORMS = "a date: 2021-07-05, 2021-07, 2021 or 2021-08-05/2021-08-10"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A day, a month, a year, or a range of days, as precise as it is known."""

    start: datetime.date
    end: datetime.date
    text: str  # as written in the data: 2021-07-05, 2021-07, 2021 or 2021-08-05/2021-08-10

    @classmethod
    def read(cls, value: Any) -> PartialDate:
        """From a value of YAML; raises ValueError for anything else."""
        if type(value) not in (str, int, datetime.date):
            raise ValueError(DATE_FORMS)
        text = str(value)
        first, slash, last = text.partition("/")
        start, end = _bounds(first)
        if slash:
            if len(first) != 10 or len(last) != 10:
                raise ValueError(DATE_FORMS)
            end = _bounds(last)[1]
        if end < start:
            raise ValueError("a range whose end is not before its start")
        return cls(start, end, text)

    @property
    def shown(self) -> str:
        """In print: 5 July 2021, July 2021, 2021 or 5–10 August 2021."""
        if "/" in self.text:
            return self._range_shown()
        match len(self.text):
            case 4:
                return f"{self.start:%Y}"
            case 7:
                return f"{self.start:%B %Y}"
        return day_shown(self.start)

    def _range_shown(self) -> str:
        end = day_shown(self.end)
        if self.start.year != self.end.year:
            return f"{day_shown(self.start)} – {end}"
        if self.start.month != self.end.month:
            return f"{self.start.day} {self.start:%B} – {end}"
        return f"{self.start.day}–{end}"

    def __str__(self) -> str:
        return self.text


def _bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a day, a month or a year; raises ValueError."""
    if not re.fullmatch(r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?", text):
        raise ValueError(DATE_FORMS)
    try:
        match len(text):
            case 4:
                return datetime.date(int(text), 1, 1), datetime.date(int(text), 12, 31)
            case 7:
                first = datetime.date.fromisoformat(f"{text}-01")
                return first, _last_day(first)
        day = datetime.date.fromisoformat(text)
        return day, day
    except ValueError:
        raise ValueError(DATE_FORMS) from None


def _last_day(first: datetime.date) -> datetime.date:
    """The last day of the month that `first` begins."""
    in_next_month = first.replace(day=28) + datetime.timedelta(days=4)
    return in_next_month - datetime.timedelta(days=in_next_month.day)


def day_shown(day: datetime.date) -> str:
    """A day in print: 5 July 2021."""
    return f"{day.day} {day:%B %Y}"


def _day(text: str) -> datetime.date | None:
    """A day as it is written in quotation marks, or None."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None  # there are weeks in ISO 8601 too
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _read_day(value: Any) -> datetime.date:
    day = _day(value) if isinstance(value, str) else value
    if type(day) is not datetime.date:
        raise ValueError("a day: 2021-07-05")
    return day


def _date_or_none(value: Any) -> PartialDate | None:
    return None if value == "not shown" else PartialDate.read(value)


# --- Forms -------------------------------------------------------------------------


def _form(pattern: str, example: str, longest: int = 200) -> Any:
    """Text of a form, by a regular expression that JSON Schema understands too."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"the form {example}")
        if len(text) > longest:
            raise ValueError(f"at most {longest} characters")
        return text

    schema = {
        "type": "string",
        "pattern": f"^(?:{pattern})$",
        "maxLength": longest,
        "examples": [example],
    }
    return Annotated[str, AfterValidator(check), WithJsonSchema(schema)]


def _count(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= LARGEST:
        raise ValueError(f"a whole number from 1 to {LARGEST:,}")
    return value


def _figure_value(value: Any) -> Any:
    if type(value) in (int, datetime.date):
        return value
    if isinstance(value, str) and (day := _day(value)):
        return day
    if isinstance(value, list) and value and all(isinstance(v, str) and v for v in value):
        return value
    raise ValueError("a whole number, a date or a list of names")


KEBAB = "[a-z0-9]+(?:-[a-z0-9]+)*"
LARGEST = 1_000_000_000
LONGEST_ID = 80  # file names are made of ids, and file systems end at 255 bytes
_MONTH = "(0[1-9]|1[0-2])"
_DAY = "(0[1-9]|[12][0-9]|3[01])"
_DATE = f"[12][0-9]{{3}}(-{_MONTH}(-{_DAY}(/[12][0-9]{{3}}-{_MONTH}-{_DAY})?)?)?"
_DATE_SCHEMAS: list[dict[str, Any]] = [
    {"type": "string", "pattern": f"^{_DATE}$"},
    {"type": "integer", "minimum": 1000, "maximum": 2999},
]
_VALUE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "integer"},
        {"type": "string", "pattern": f"^[0-9]{{4}}-{_MONTH}-{_DAY}$"},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
    ]
}


def _id(prefix: str, example: str, suffix: str = "") -> Any:
    return _form(f"{prefix}-{KEBAB}{suffix}", example, LONGEST_ID)


Text = Annotated[str, StringConstraints(min_length=1)]
Count = Annotated[
    int,
    PlainValidator(_count),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": LARGEST}),
]
Value = Annotated[Any, PlainValidator(_figure_value), WithJsonSchema(_VALUE_SCHEMA)]
Address = _form(r'https?://[\w.:-]+(/[^\s<>"]*)?', "https://example.org/page", 2000)
ShortId = _form("[a-z]+", "asker (small letters)", LONGEST_ID)
Slug = _form(KEBAB, "ali-asker", LONGEST_ID)
ParagraphId = _form("p[0-9]{2,3}", "p17")
QuestionId = _id("q", "q-peacekeeping")
MeasureId = _id("f", "f-border-length")
FigureId = _id("f", "f-border-length--asker", "--[a-z]+")
TermId = _id("g", "g-csto")
SourceId = _id("s", "s-tass-2021-07-08")
CheckId = _id("c", "c-border-length-asker")
OutcomeId = _id("o", "o-no-russian-entry")
EventId = _id("e", "e-2021-08-15-kabul")
PlaceId = _id("pl", "pl-kunduz")
ReadingId = _id("r", "r-border-ministry")
BackgroundId = _id("b", "b-csto")
TieId = _id("t", "t-cri-turk")
CorrectionId = _id("k", "k-civil-war-shoigu")
FormerId = _form(f"{KEBAB}(?:--[a-z]+)?", "q-old-name or q-old-name--asker", LONGEST_ID)
Day = Annotated[
    datetime.date,
    PlainValidator(_read_day),
    PlainSerializer(datetime.date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^[12][0-9]{{3}}-{_MONTH}-{_DAY}$"}),
]
Date = Annotated[
    PartialDate,
    PlainValidator(PartialDate.read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"anyOf": _DATE_SCHEMAS}),
]
DateOrNone = Annotated[
    PartialDate | None,
    PlainValidator(_date_or_none),
    PlainSerializer(lambda date: str(date) if date else "not shown", return_type=str),
    WithJsonSchema({"anyOf": [*_DATE_SCHEMAS, {"const": "not shown"}]}),
]
