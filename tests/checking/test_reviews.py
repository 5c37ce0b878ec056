"""Rules of re-check dates: read as typed, spelled so that they read back, resolved."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.reviews import (
    NEVER,
    KindError,
    ReviewRule,
    RuleError,
    Unit,
    next_review,
    read_rule,
    read_rules,
)
from tests.properties import tried


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("every 6 months", "every 6 months"),
        ("6 months", "every 6 months"),
        ("  Every  SIX Months. ", "every 6 months"),
        ("every 2 weeks", "every 2 weeks"),
        ("every other week", "every 2 weeks"),
        ("quarterly", "every 3 months"),
        ("every quarter", "every 3 months"),
        ("2 quarters", "every 6 months"),
        ("half-yearly", "every 6 months"),
        ("yearly", "every year"),
        ("each year", "every year"),
        ("annually", "every year"),
        ("every 90 days", "every 90 days"),
        ("monthly", "every month"),
        ("month", "every month"),
        ("daily", "every day"),
        ("weekly", "every week"),
        ("50 years", "every 50 years"),
        ("alle 6 Monate", "every 6 months"),
        ("nach zwölf Monaten", "every 12 months"),
        ("jedes Jahr", "every year"),
        ("jede Woche", "every week"),
        ("halbjährlich", "every 6 months"),
        ("vierteljährlich", "every 3 months"),
        ("never", "never"),
        ("nie", "never"),
        ("no further look", "never"),
    ],
)
def test_a_rule_is_read_as_the_desk_types_it(typed, spelled):
    assert str(read_rule(typed)) == spelled


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "soon", "6", "every", "every 6", "six", "0 months", "-6 months"),
        *("1.5 years", "every 6 moons", "51 years", "601 months", "18300 days"),
        *("99999 days", "123456 days", "6 months or so", "² years", "٣ months"),
    ],
)
def test_what_is_no_rule_is_named_with_examples(typed):
    with pytest.raises(RuleError) as refusal:
        read_rule(typed)
    assert f"“{typed.strip()}” is not a rule" in str(refusal.value)
    assert "“every 6 months”" in str(refusal.value)


@pytest.mark.parametrize(
    ("rule", "last", "day"),
    [
        ("6 months", "2026-08-31", "2027-02-28"),
        ("6 months", "2027-08-31", "2028-02-29"),
        ("yearly", "2028-02-29", "2029-02-28"),
        ("monthly", "2026-01-31", "2026-02-28"),
        ("2 weeks", "2026-12-24", "2027-01-07"),
        ("90 days", "2026-11-28", "2027-02-26"),
    ],
)
def test_the_next_look_is_counted_from_the_last(rule, last, day):
    found = next_review(read_rule(rule), datetime.date.fromisoformat(last))
    assert found == datetime.date.fromisoformat(day)


def test_never_has_no_day():
    assert next_review(NEVER, datetime.date(2026, 1, 1)) is None


_RULES = st.builds(
    ReviewRule, st.integers(1, 50), st.sampled_from(list(Unit))
) | st.just(NEVER)
_DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1))


@tried(300)
@given(_RULES)
def test_every_rule_reads_back_as_it_is_spelled(rule):
    assert read_rule(str(rule)) == rule


@tried(300)
@given(_RULES, _DAYS, _DAYS)
def test_the_next_look_lies_ahead_and_keeps_the_order(rule, one, other):
    if rule.is_never:
        return
    first, second = sorted((one, other))
    assert first < next_review(rule, first) <= next_review(rule, second)


@tried(300)
@given(st.text(max_size=40))
def test_any_text_is_a_rule_or_refused(text):
    try:
        rule = read_rule(text)
    except RuleError:
        return
    assert read_rule(str(rule)) == rule


KINDS = ("figure", "event", "definition")


def test_a_list_gives_kinds_their_rules():
    rules = read_rules("figure: 6 months, definition: never,", KINDS)
    assert {kind: str(rule) for kind, rule in rules.items()} == {
        "figure": "every 6 months",
        "definition": "never",
    }
    assert read_rules("", KINDS) == {}


@pytest.mark.parametrize(
    ("text", "error", "part"),
    [
        ("figure: soon", RuleError, "soon"),
        ("figure: 6 months, rumour: 1 year", KindError, "rumour: 1 year"),
        ("figure: 6 months, figure: 1 year", KindError, "figure: 1 year"),
        ("figure 6 months", KindError, "figure 6 months"),
        ("figure:", RuleError, ""),
    ],
)
def test_the_wrong_part_of_a_list_is_named(text, error, part):
    with pytest.raises(error) as refusal:
        read_rules(text, KINDS)
    assert refusal.value.part == part
