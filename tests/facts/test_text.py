"""What can be asked of a text."""

import random

import pytest

from facts.text import numbers_in, one_of, outside_quotes, slug, strings, to_ascii, unknown


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("6000", {6000}),
        ("6,000", {6000}),
        ("6,000.", {6000}),
        ("6000, and 34", {6000, 34}),
        ("6\u00a0000", {6000}),
        ("6\u2009000", {6000}),
        ("6\u202f000", {6000}),
        ("(1,344 km)", {1344}),
        ("6,000,000", {6_000_000}),
        ("1,300–1,344", {1300, 1344}),
        ("“6,000”", {6000}),
        ("in 2042, 6,000 men", {2042, 6000}),
        ("12,345 600", {12345, 600}),
        ("1,344.15", set()),  # another number
        ("0.6000", set()),
        ("p6000", set()),
        ("6000th", set()),
        ("2021-07-05", set()),
        ("AK-6000", set()),
        ("", set()),
        ("none", set()),
    ],
)
def test_numbers_are_found_however_they_are_written(text, numbers):
    assert numbers_in(text) == numbers


@pytest.mark.parametrize("separator", [",", "\u00a0", "\u2009", "\u202f", ""])
def test_any_number_is_found(separator):
    chance = random.Random(2021)
    for number in [0, 999, 1000, *(chance.randrange(10 ** (digit + 1)) for digit in range(12))]:
        written = f"{number:,}".replace(",", separator)
        assert numbers_in(f"There were {written}.") == {number}
        assert numbers_in(f"({written})") == numbers_in(written) == {number}


@pytest.mark.parametrize(
    ("name", "ascii", "address"),
    [
        ("Łukasz Młynarz", "Lukasz Mlynarz", "lukasz-mlynarz"),
        ("Ayşe Öztürk-Işık", "Ayse Ozturk-Isik", "ayse-ozturk-isik"),
        ("Millers (North)", "Millers (North)", "millers-north"),
        ("US and NATO", "US and NATO", "us-and-nato"),
        ("forces onclick=alert(7)", "forces onclick=alert(7)", "forces-onclick-alert-7"),
        ("A),*,a:not(b", "A),*,a:not(b", "a-a-not-b"),
        ("Straße", "Strasse", "strasse"),
        ("?!", "?!", ""),
    ],
)
def test_names_become_plain_letters_and_parts_of_addresses(name, ascii, address):
    assert to_ascii(name) == ascii
    assert slug(name) == address


def test_a_slug_is_fit_for_an_address():
    chance = random.Random(2021)
    for _ in range(200):
        text = "".join(chr(chance.randrange(0x3000)) for _ in range(8))
        assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-"), text
        assert slug(slug(text)) == slug(text)
        assert "--" not in slug(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("none here", "none here"),
        ('a "word" here', "a   here"),
        ("a “word” here", "a   here"),
        ('"a" and "b"', "  and  "),
        ('an open "mark', 'an open "mark'),
        ("an open “mark", "an open “mark"),
        ("", ""),
    ],
)
def test_quotations_are_left_out(text, rest):
    assert outside_quotes(text) == rest


def test_every_text_is_found_with_the_way_to_it():
    data = {"a": "b", "c": ["d", {"e": "f"}, 1, None], 2: "g"}
    assert list(strings(data)) == [
        (("a",), "b"),
        (("c", 0), "d"),
        (("c", 1, "e"), "f"),
        ((2,), "g"),
    ]
    assert list(strings("x")) == [((), "x")]
    assert list(strings(None)) == []


def test_an_unknown_word_is_answered_with_the_known_ones():
    assert unknown("bred", ["bread", "cake"]) == (
        "found 'bred' (did you mean 'bread'?), expected one of: bread, cake"
    )
    assert unknown("x", ["bread"]) == "found 'x', expected one of: bread"
    assert unknown("x", []) == "found 'x', expected none"


def test_words_are_named_unless_they_are_too_many():
    assert one_of(["w"] * 33) == f"one of: {', '.join(['w'] * 33)}"
    assert one_of(["w"] * 34) == "the id of a record"
