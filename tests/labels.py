"""What a label must not be: the id of a record, written as words."""

from __future__ import annotations

from facts.text import strings


def ids_as_words(dataset) -> set[str]:
    """Every id without its hyphens, with and without its prefix; not what a record says itself."""
    whole = {" ".join(id.replace("-", " ").split()) for id in dataset.by_id if "-" in id}
    parts = (dataset.article, dataset.evidence, dataset.vocabulary)
    dumped = [part.model_dump(mode="json") for part in parts]
    said = {text.casefold() for _, text in strings(dumped)}
    return (whole | {words.partition(" ")[2] for words in whole}) - said


def called_by_an_id(text: str, ids: set[str]) -> bool:
    """Whether a text, or a part of it before or after a colon, is an id in disguise."""
    parts = [" ".join(part.split()) for part in (text, *text.split(":"))]
    return not ids.isdisjoint(part[:1].lower() + part[1:] for part in parts)
