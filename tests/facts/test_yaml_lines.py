"""YAML is read strictly, and every value has its line."""

import codecs

import pytest
from breaking import MINI, VOCABULARY

from facts.yaml_lines import read

# What is wrong, the file's bytes, the line and the message.
UNREADABLE = [
    (
        "brackets that do not match",
        b"source: [1, 2\nexperts: }",
        2,
        "found text that is not YAML (while parsing a flow sequence did not find expected ',' or "
        "']'), expected YAML",
    ),
    (
        "a tab",
        b"source:\n\ttitle: x",
        2,
        "found text that is not YAML (while scanning for the next token found character that "
        "cannot start any token), expected YAML",
    ),
    (
        "a key that is cut off",
        b"a: 1\nbcd\n",
        2,
        "found text that is not YAML (while scanning a simple key could not find expected ':'), "
        "expected YAML",
    ),
    (
        "a quotation mark that is never closed",
        b"a: 1\nb: 'c\nd: 1\ne: 1\n",
        2,
        "found text that is not YAML (while scanning a quoted scalar found unexpected end of "
        "stream), expected YAML",
    ),
    (
        "a list that is cut off",
        b"a: 1\nb: [c, ",
        2,
        "found text that is not YAML (while parsing a flow node did not find expected node "
        "content), expected YAML",
    ),
    (
        "two documents",
        b"a: 1\n---\nb: 2",
        2,
        "found text that is not YAML (expected a single document in the stream but found another "
        "document), expected YAML",
    ),
    (
        "an alias of nothing",
        b"a: 1\nb: *c",
        2,
        "found the anchor or alias 'c', expected each value written out",
    ),
    (
        "an anchor",
        b"a: 1\nb: &b [*b, *b]",
        2,
        "found the anchor or alias 'b', expected each value written out",
    ),
    (
        "a merge of keys",
        b"a: &a {b: 1}\nc:\n  <<: *a",
        1,
        "found the anchor or alias 'a', expected each value written out",
    ),
    (
        "a tag of Python",
        b"a: 1\nb: !!python/object/apply:os.system [ls]",
        2,
        "found the YAML tag 'tag:yaml.org,2002:python/object/apply:os.system', expected each "
        "value written out",
    ),
    (
        "a tag on a truth",
        b"a: !!bool maybe",
        1,
        "found the YAML tag 'tag:yaml.org,2002:bool', expected each value written out",
    ),
    (
        "a tag on a number",
        b'a: 1\nb: !!int ""',
        2,
        "found the YAML tag 'tag:yaml.org,2002:int', expected each value written out",
    ),
    (
        "a tag on a time",
        b"a: !!timestamp x",
        1,
        "found the YAML tag 'tag:yaml.org,2002:timestamp', expected each value written out",
    ),
    (
        "a tag of its own",
        b"a: !price 12",
        1,
        "found the YAML tag '!price', expected each value written out",
    ),
    (
        "a tag on a set",
        b"a: !!set {b, c}",
        1,
        "found the YAML tag 'tag:yaml.org,2002:set', expected each value written out",
    ),
    (
        "a key given twice",
        b"a: 1\nb: 2\na: 3",
        3,
        "found the key 'a' again (first on line 1), expected it once",
    ),
    (
        "a key given twice on one line",
        b"a: {b: 1, b: 2}",
        1,
        "a: found the key 'b' again (first on line 1), expected it once",
    ),
    (
        "a list as a key",
        b"? [a, b]\n: c",
        1,
        "found a list or mapping as a key, expected a word",
    ),
    (
        "lists without an end",
        b"# deep\n" + b"[" * 50_000 + b"]" * 50_000,
        2,
        "found more than 20 levels of nesting, expected each value written out",
    ),
    (
        "letters of another encoding",
        "a: b\nc: Güler".encode("latin-1"),
        2,
        "found the byte 0xfc, which is not UTF-8, expected UTF-8 text",
    ),
    (
        "UTF-16 with a mark",
        "a: b".encode("utf-16"),
        1,
        f"found the byte 0x{'a: b'.encode('utf-16')[0]:02x}, which is not UTF-8, expected UTF-8 "
        "text",
    ),
    (
        "UTF-16 without a mark",
        "a: b".encode("utf-16-le"),
        1,
        "found the character U+0000, which YAML does not allow, expected text",
    ),
    (
        "a NUL",
        b"a: b\nc: d\0e",
        2,
        "found the character U+0000, which YAML does not allow, expected text",
    ),
    (
        "a bell",
        b"a: b\nc: \x07",
        2,
        "found the character U+0007, which YAML does not allow, expected text",
    ),
    (
        "half a pair of surrogates",
        b'a: b\nc: "\\ud800"',
        2,
        'found text that is not YAML (while parsing a quoted scalar found invalid Unicode '
        'character escape code), expected YAML',
    ),
    (
        "a line separator",
        "a: b\nc: d\u2028e: f\ng: h".encode(),
        2,
        "found the invisible character U+2028, expected plain text",
    ),
    (
        "a paragraph separator",
        "a: b\nc: d\u2029".encode(),
        2,
        "found the invisible character U+2029, expected plain text",
    ),
    (
        "a next line",
        "# c\x85\na: b".encode(),
        1,
        "found the invisible character U+0085, expected plain text",
    ),
]  # fmt: skip


def faults(tmp_path, content: bytes) -> list[str]:
    path = tmp_path / "x.yml"
    path.write_bytes(content)
    return [str(problem).replace(f"{tmp_path}/", "") for problem in read(path).problems]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [case[1:] for case in UNREADABLE],
    ids=[case[0] for case in UNREADABLE],
)
def test_refused(tmp_path, content, line, message):
    assert faults(tmp_path, content) == [f"x.yml:{line}: {message}"]


# YAML has many ways to write a number; a reader of the file expects one.
@pytest.mark.parametrize(
    "text",
    [
        "01344", "0x1F", "0b101", "1_344", "+5", "22:24", "1:30:00", "-01", "00",
        "1" * 16, "1" * 400, "0x" + "f" * 5000, ".5", "1.", "1.5e+3", "1_0.5", ".inf", "-.INF",
        ".nan", "1:30.5", "1." + "1" * 16,
    ],
)  # fmt: skip
def test_a_number_is_written_in_plain_digits(tmp_path, text):
    (fault,) = faults(tmp_path, f"a: b\nc: {text}".encode())
    assert fault == (
        f"x.yml:2: c: found {text[:40]!r}, expected a number in plain digits, or text in quotes"
    )


def read_one(tmp_path, text):
    path = tmp_path / "x.yml"
    path.write_text(f"a: {text}", encoding="utf-8")
    document = read(path)
    assert document.problems == []
    return document.data["a"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("-0", 0), ("-5", -5), ("1344", 1344), ("9" * 15, 999_999_999_999_999),
        ("1.5", 1.5), ("-68.25", -68.25), ("yes", True), ("no", False), ('"no"', "no"),
        ("'01344'", "01344"), ("1e3", "1e3"), ("0o17", "0o17"), ("2021-7-5", "2021-7-5"),
        ("~", None), ("", None),
    ],
)  # fmt: skip
def test_a_value_is_what_yaml_says(tmp_path, text, value):
    found = read_one(tmp_path, text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", ["2021-02-30", "0000-01-01", "2021-13-01", "="])
def test_a_value_that_cannot_be_is_refused(tmp_path, text):
    assert faults(tmp_path, f"a: b\nc: {text}".encode()) == [
        f"x.yml:2: c: found {text!r}, expected a real date or number"
    ]


def test_a_file_has_twenty_levels_at_most(tmp_path):
    assert faults(tmp_path, b"[" * 20 + b"]" * 20) == []
    assert faults(tmp_path, b"[" * 21 + b"]" * 21) == [
        "x.yml:1: found more than 20 levels of nesting, expected each value written out"
    ]


def test_every_value_has_its_line(tmp_path):
    path = tmp_path / "x.yml"
    path.write_text("a: 1\nb:\n  - c: 2\n    d: [x,\n        y]\n  - e: >-\n      f\n      g\n")
    document = read(path)
    assert document.lines == {
        (): 1, ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 0, "c"): 3, ("b", 0, "d"): 4,
        ("b", 0, "d", 0): 4, ("b", 0, "d", 1): 5, ("b", 1): 6, ("b", 1, "e"): 6,
    }  # fmt: skip
    assert document.line(("b", 1, "missing")) == 6
    assert document.line(("missing", 3)) == 1


@pytest.mark.parametrize(
    ("content", "same"),
    [
        (lambda text: text.replace(b"\n", b"\r\n"), True),
        (lambda text: codecs.BOM_UTF8 + text, True),
        (lambda text: codecs.BOM_UTF8 + text.replace(b"\n", b"\r\n"), True),
        (lambda text: text.rstrip(b"\n"), True),
        (lambda text: text + b"\n\n# the end\n", True),
        (lambda text: b"---\n" + text, False),
    ],
    ids=["line ends of Windows", "a mark", "both", "no last line end", "a comment", "a start"],
)
def test_accepted_with_the_same_lines(tmp_path, content, same):
    plain = read(MINI / VOCABULARY)
    path = tmp_path / "vocabulary.yml"
    path.write_bytes(content((MINI / VOCABULARY).read_bytes()))
    document = read(path)
    assert document.problems == []
    assert document.data == plain.data
    assert (document.lines == plain.lines) == same


def test_no_file_at_all(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    found = {
        name: str(read(tmp_path / name).problems[0]).replace(f"{tmp_path}/", "")
        for name in ("missing", "folder", "dangling", "loop")
    }
    reasons = {
        "missing": "No such file or directory",
        "folder": "Is a directory",
        "dangling": "No such file or directory",
        "loop": "Too many levels of symbolic links",
    }
    assert found == {
        name: f"{name}:1: found no readable file ({reason}), expected a text file"
        for name, reason in reasons.items()
    }


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# a comment\n", b"---\n", codecs.BOM_UTF8])
def test_an_empty_file_is_read_as_nothing(tmp_path, content):
    path = tmp_path / "x.yml"
    path.write_bytes(content)
    document = read(path)
    assert (document.data, document.problems) == (None, [])
