"""Dates are as precise as they are known."""

import datetime

import pytest
from pydantic import TypeAdapter

from facts.fields import Date, DateOrNone, PartialDate, Value, day_shown

DAY = datetime.date(2021, 7, 5)


@pytest.mark.parametrize(
    ("value", "shown", "start", "end"),
    [
        (DAY, "5 July 2021", "2021-07-05", "2021-07-05"),
        ("2021-07-05", "5 July 2021", "2021-07-05", "2021-07-05"),
        ("2021-07", "July 2021", "2021-07-01", "2021-07-31"),
        ("2021-02", "February 2021", "2021-02-01", "2021-02-28"),
        ("2024-02", "February 2024", "2024-02-01", "2024-02-29"),
        ("2021-12", "December 2021", "2021-12-01", "2021-12-31"),
        (2021, "2021", "2021-01-01", "2021-12-31"),
        ("2021", "2021", "2021-01-01", "2021-12-31"),
        (1000, "1000", "1000-01-01", "1000-12-31"),
        (2999, "2999", "2999-01-01", "2999-12-31"),
        ("2999-12", "December 2999", "2999-12-01", "2999-12-31"),
        ("2021-08-05/2021-08-10", "5–10 August 2021", "2021-08-05", "2021-08-10"),
        ("2021-08-05/2021-08-05", "5–5 August 2021", "2021-08-05", "2021-08-05"),
        ("2023-08-29/2023-09-05", "29 August – 5 September 2023", "2023-08-29", "2023-09-05"),
        ("2021-12-30/2022-01-02", "30 December 2021 – 2 January 2022", "2021-12-30", "2022-01-02"),
    ],
)
def test_a_date_is_read_and_printed(value, shown, start, end):
    date = PartialDate.read(value)
    assert (date.shown, str(date.start), str(date.end)) == (shown, start, end)
    assert str(date) == str(value)
    assert TypeAdapter(Date).dump_python(date, mode="json") == str(value)


@pytest.mark.parametrize(
    "value",
    [
        999, 3000, "0999", "3000", "9999-12", 20210705, -2021, None, 3.5, True, [], {}, "",
        "July 2021", "2021-13", "2021-00", "2021-02-30", "2021-7-5", "2021-07-5", "2021/07",
        "2021/2022", "2021-07/2021-08", "2021-07-05/", "/2021-07-05", "2021-07-05/2021-07",
        "2021-07-05/2021-07-06/2021-07-07", "2021-07-05 ", " 2021", "2021\n", "٢٠٢١",
        datetime.datetime(2021, 7, 5, 10),
    ],
)  # fmt: skip
def test_any_other_value_is_refused(value):
    with pytest.raises(ValueError, match="a date: 2021-07-05, 2021-07, 2021 or"):
        PartialDate.read(value)


def test_a_range_does_not_end_before_it_starts():
    with pytest.raises(ValueError, match="a range whose end is not before its start"):
        PartialDate.read("2021-08-10/2021-08-09")


def test_dates_are_in_order_of_their_first_day():
    texts = ["2019", "2020-01", "2020-01-01/2020-01-02", "2020-02", "2020-02-03"]
    dates = [PartialDate.read(text) for text in texts]
    assert [str(date) for date in sorted(dates, key=lambda date: date.start)] == texts


def test_a_date_may_be_missing_on_purpose():
    form = TypeAdapter(DateOrNone)
    assert form.validate_python("not shown") is None
    assert form.dump_python(None, mode="json") == "not shown"
    assert form.validate_python("2021-07").shown == "July 2021"
    with pytest.raises(ValueError, match="a date"):
        form.validate_python("unknown")


def test_a_day_has_no_leading_nought():
    assert day_shown(DAY) == "5 July 2021"


@pytest.mark.parametrize("value", [DAY, "2021-07-05"])
def test_the_value_of_a_figure_is_a_day_with_and_without_quotation_marks(value):
    assert TypeAdapter(Value).validate_python(value) == DAY


@pytest.mark.parametrize("value", ["2021-02-30", "2021-W01-1", "20210705", "2021-07", "today", ""])
def test_other_text_is_no_value_of_a_figure(value):
    with pytest.raises(ValueError, match="a whole number, a date or a list of names"):
        TypeAdapter(Value).validate_python(value)
