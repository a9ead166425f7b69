"""The glossary is sorted, defines each term once, and finds terms by query."""

import pytest

from ecgviz.words import glossary


def test_terms_are_sorted_and_unique():
    words = [term.word for term in glossary.TERMS]
    assert len(set(words)) == len(words)
    assert words == sorted(words, key=lambda word: word.casefold().replace(",", ""))


def test_a_term_comes_before_the_terms_whose_definition_mentions_it():
    found = [term.word for term in glossary.search("T wave")]
    assert found[0] == "T wave"
    assert glossary.search("") == list(glossary.TERMS)
    assert glossary.search("no such word") == []


def test_only_a_term_has_a_definition():
    assert glossary.meaning("Recall").startswith("Of the reports of a class")
    with pytest.raises(KeyError):
        glossary.meaning("no such word")


@pytest.mark.parametrize("term", glossary.TERMS, ids=lambda term: term.word)
def test_a_definition_is_one_or_two_sentences(term):
    assert term.meaning.endswith(".")
    assert len(term.meaning) < 180
