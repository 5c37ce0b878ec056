"""Quotations in pieces: ellipses, brackets, and what stands between in the text."""

import pytest

from claims.checking.quotes import Flag, Reason, Verdict, check_quotation

TEXT = (
    "The mayor said that the old bridge, built by her grandfather, would be closed for "
    "the summer. Nobody spoke. The shops of the lower street sold bread and salt."
)


def check(quotation: str, text: str = TEXT):
    return check_quotation(quotation, text)


def test_the_place_of_each_piece_is_told_and_what_was_left_out():
    match = check("The mayor said that the old bridge … would be closed")

    parts = [TEXT[slice(*part)] for part in match.parts]
    assert parts == ["The mayor said that the old bridge", "would be closed"]
    assert [TEXT[slice(*span)] for span in match.skipped] == [
        ", built by her grandfather, "
    ]
    assert match.matched == f"{parts[0]}, built by her grandfather, {parts[1]}"


def test_a_piece_that_is_altered_alters_the_whole():
    match = check("The mayor said that the old bridge … would be opened for the summer")
    assert match.verdict is Verdict.ALTERED
    assert match.reasons == (Reason.WORDING,)


def test_a_piece_that_is_nowhere_makes_the_whole_absent():
    match = check("The mayor said that the old bridge … smelled of coffee and tar")
    assert match.verdict is Verdict.ABSENT
    assert Flag.PARTLY_FOUND in match.flags
    assert match.matched == "The mayor said that the old bridge"


def test_pieces_of_which_none_is_there_are_absent():
    match = check("A man with a red umbrella … smelled of coffee and tar")
    assert (match.verdict, match.start) == (Verdict.ABSENT, None)


def test_a_piece_is_looked_for_behind_the_one_before():
    text = "The wells are dry. The dam, said Ana, is old. The dam is sound, and the wells are dry."
    match = check("The dam … is sound … the wells are dry", text)
    assert match.verdict is Verdict.EDITED_OPENLY
    assert match.parts[-1] == (len(text) - 18, len(text) - 1)


def test_pieces_that_begin_alike_are_tried_at_each_place():
    text = "The dam of A. The dam of B, and the dam of C, which leaks."
    match = check("The dam [x] C, which leaks", text)
    assert match.verdict is Verdict.EDITED_OPENLY
    assert match.matched.endswith("the dam of C, which leaks")


@pytest.mark.parametrize(
    ("between", "verdict"),
    [
        (", built by Mr. Lind, ", Verdict.EDITED_OPENLY),
        (" of the 3. of May ", Verdict.EDITED_OPENLY),
        (" (of old stone, etc. and lime) ", Verdict.EDITED_OPENLY),
        (" is old. Ana spoke. ", Verdict.EDITED_OPENLY),
        (" is old! ", Verdict.EDITED_OPENLY),
        (" is old. The mill ", Verdict.SPLICED),
        (" is old! The mill ", Verdict.SPLICED),
        (" is old\n\nThe mill ", Verdict.SPLICED),
        (" is … . The mill ", Verdict.SPLICED),
    ],
)
def test_an_ellipsis_may_not_make_one_sentence_of_two(between, verdict):
    text = f"The bridge over the Elm{between}was closed for the summer."
    match = check("The bridge over the Elm … was closed for the summer", text)
    assert match.verdict is verdict


def test_a_piece_that_follows_nowhere_is_not_looked_for_twice():
    text = "The dam, the dam, the dam is dry, it is dry, it is dry."
    match = check("the dam … is dry … and green", text)
    assert (match.verdict, match.flags) == (
        Verdict.ABSENT,
        (Flag.PARTLY_FOUND,),
    )


def test_a_supplied_word_far_from_its_piece_is_no_match():
    gap = "one two three four five six seven eight"
    match = check("The dam [here] is sound and old", f"The dam {gap} is sound and old.")
    assert not match.same_words


def test_a_note_of_the_editor_leaves_no_room():
    assert check("the old bridge [sic], built by her").verdict is Verdict.EDITED_OPENLY
    assert not check("the old [sic] built by her grandfather, would").same_words


@pytest.mark.parametrize(
    ("quotation", "same"),
    [
        ("[…] the old bridge, built by her grandfather", True),
        ("[The council and] the old bridge, built by her", True),
        ("the old bridge, built by her grandfather [in 1911]", False),
        ("[sic] the old bridge, built by her grandfather", True),
        ("the old bridge [] built by her grandfather, would", False),
        ("[the] [old] bridge, built by her grandfather", True),
        ("… [,] built by her grandfather, would be", True),
        ("[...] [sic] built by her grandfather, would be", True),
        ("would be closed for the summer[.]", True),
    ],
)
def test_marks_at_the_edges_and_beside_each_other(quotation, same):
    assert check(quotation).same_words is same


def test_a_bracket_that_the_text_has_too_must_have_its_words():
    text = "The note reads: He [Lind] left the town at dawn."
    assert check("He [Lind] left the town at dawn", text).accepted
    match = check("He [Berg] left the town at dawn", text)
    assert (match.verdict, match.flags) == (Verdict.ALTERED, (Flag.SUPPLIED,))
    match = check("He [Berg] … the town at dawn", text)
    assert (match.verdict, match.flags) == (Verdict.ALTERED, (Flag.SUPPLIED,))


def test_a_capital_owned_up_to_is_not_flagged():
    match = check("[T]he old bridge, built by her grandfather")
    assert match.flags == ()


def test_an_ellipsis_may_not_cut_a_number():
    text = "The repair took 12,400 days, said the mayor, and 3 boats."
    match = check("The repair took 12 … said the mayor", text)
    assert match.verdict is Verdict.ELISION_HIDES
    assert match.reasons == (Reason.NUMBER,)


@pytest.mark.parametrize(
    ("quotation", "reason"),
    [
        ("It was [then] 5 degrees at the mill", Reason.SIGN),
        ("It was [sic] 5 degrees at the mill", Reason.SIGN),
        ("It was − … at the mill", Reason.NUMBER),
    ],
)
def test_no_sign_is_lost_between_pieces(quotation, reason):
    match = check(quotation, "It was −5 degrees at the mill.")
    assert not match.same_words
    assert reason in match.reasons


@pytest.mark.parametrize("hidden", ["no\u00adt", "no-\nt", "n\u200bot", "NOT"])
def test_an_ellipsis_hides_no_negation_in_layout_noise(hidden):
    text = f"The bridge is, they say, {hidden} safe at all for lorries."
    match = check("The bridge is … safe at all for lorries", text)
    assert match.verdict is Verdict.ELISION_HIDES
    assert Reason.NEGATION in match.reasons


def test_an_altered_quotation_stays_altered_when_it_hides_something_too():
    text = "The bridge is, they say, not safe. He closed it."
    match = check("The bridge [5] is … safe. He closed it", text)
    assert match.verdict is Verdict.ALTERED
    assert {Reason.NUMBER, Reason.NEGATION} <= {*match.reasons}


def test_words_in_other_capitals_and_with_other_marks_are_altered():
    text = "They told US; that was the end of the long day."
    match = check("They told us that was the end of the long day", text)
    assert (match.verdict, match.reasons) == (Verdict.ALTERED, (Reason.CASE,))


def test_other_capitals_are_flagged_where_they_make_no_other_word():
    match = check("the Old Bridge, built by her Grandfather")
    assert (match.verdict, match.flags) == (Verdict.TYPOGRAPHIC, (Flag.CASE,))


def test_directions_in_another_order_are_told():
    text = "They sailed north and then south along the coast."
    match = check("They sailed south and then north along the coast", text)
    assert (match.verdict, match.reasons) == (Verdict.ALTERED, (Reason.ORDER,))


def test_capitals_throughout_are_a_headline():
    match = check("THE OLD BRIDGE, BUILT BY HER GRANDFATHER")
    assert (match.verdict, match.flags) == (Verdict.TYPOGRAPHIC, (Flag.CASE,))


def test_many_parts_put_together_are_a_splice():
    match = check("The shops of the lower street would be closed for the summer")
    assert (match.verdict, match.reasons) == (Verdict.SPLICED, (Reason.ORDER,))
    assert match.matched in TEXT


def test_a_patchwork_of_phrases_is_absent():
    words = (
        "Anna sold bread to Karl who saw bridges and said little of summer in streets"
    )
    assert check(" and then ".join([words] * 4)).verdict is Verdict.ABSENT


@pytest.mark.parametrize(
    ("text", "quotation", "reason"),
    [
        ("It fell by 1.5 million euros in May.", "It fell by 1", Reason.NUMBER),
        ("It cost them five million in May.", "It cost them five", Reason.MAGNITUDE),
        ("They met twenty five times.", "They met twenty", Reason.NUMBER),
        ("It rose by five percent in May.", "It rose by five", Reason.UNIT),
        ("It rose by 5 % in May.", "It rose by 5", Reason.UNIT),
        ("It rose by > 5 in May.", "5 in May.", Reason.SIGN),
        ("The limit is 50 km/h there.", "The limit is 50 km", Reason.UNIT),
        ("The field has 5 km² or so.", "The field has 5 km", Reason.NUMBER),
        ("It rose by 5 per cent in May.", "It rose by 5", Reason.UNIT),
        ("Es waren zweihundert Boote.", "hundert Boote.", Reason.MAGNITUDE),
        ("There were fourteen boats.", "There were four", Reason.NUMBER),
        ("It lies northeast of here.", "east of here", Reason.DIRECTION),
        ("船上共有十二人，都是学生。", "二人，都是学生", Reason.NUMBER),
        ("船上共有三十人，都是学生。", "船上共有三", Reason.NUMBER),
        ("They lost five million boats.", "million boats.", Reason.MAGNITUDE),
        ("They lost 5 million boats.", "million boats.", Reason.NUMBER),
        ("They found nobody at home.", "body at home", Reason.NEGATION),
        ("They were not at home.", "at home", Reason.NEGATION),
        ("They can’t swim.", "They can", Reason.NEGATION),
        # Layout noise in what is cut off hides nothing.
        ("They were no\u00adt at home.", "at home", Reason.NEGATION),
        ("Sie waren dort ni-\ncht.", "Sie waren dort", Reason.NEGATION),
        ("Sie waren dort\u200e nicht.", "Sie waren dort .", Reason.NEGATION),
        ("They lost 1\u200b2 boats.", "2 boats", Reason.NUMBER),
        ("They lost five mil-\nlion boats.", "They lost five", Reason.MAGNITUDE),
        ("Ð¾Ð½Ð¸ Ð½Ðµ Ð´Ð¾Ð¼Ð°", "дома", Reason.NEGATION),
    ],
)
def test_an_edge_may_not_cut_what_decides(text, quotation, reason):
    match = check(quotation, text)
    assert (match.verdict, match.reasons) == (Verdict.ALTERED, (reason,))


def test_an_edge_inside_a_word_is_flagged():
    match = check(
        "ridge is safe for all of the ca", "The bridge is safe for all of the cars."
    )
    assert (match.verdict, match.flags) == (Verdict.EXACT, (Flag.CUT_WORD,))
    match = check(
        "ridge — is safe for all of the ca", "The bridge – is safe for all of the cars."
    )
    assert (match.verdict, match.flags) == (Verdict.TYPOGRAPHIC, (Flag.CUT_WORD,))


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("The first year of the plan was dry.", "year of the plan was dry"),
        ("Some 5 days after the flood they met.", "days after the flood they met"),
        ("It’s the mayor’s own bridge, she said.", "the mayor’s own bridge"),
        ("He said no. The bridge is safe.", "The bridge is safe."),
        ("He said no, the bridge is safe.", "the bridge is safe."),
        ("The bridge is safe. Nobody spoke.", "The bridge is safe."),
    ],
)
def test_other_edges_may_stand_anywhere(text, quotation):
    assert check(quotation, text).verdict in (Verdict.EXACT, Verdict.TYPOGRAPHIC)


def test_words_in_broken_encoding_that_cannot_be_mended_stay():
    text = "Itâ€™s the cafÃ© í\xa0€ at the pier."
    assert check("It’s the café í\xa0€ at the pier", text).verdict is (
        Verdict.ENCODING_REPAIR
    )


def test_broken_words_as_typed_are_compared_mended_too():
    match = check("It’s the cafÃ© at the quay", "It’s the café at the pier.")
    assert match.verdict is Verdict.ALTERED
    assert Flag.QUOTATION_MOJIBAKE in match.flags


@pytest.mark.parametrize("quotation", ["[the mayor] …", "… [sic]", "[a] [b]"])
def test_without_words_of_the_source_there_is_no_quotation(quotation):
    match = check(quotation)
    assert (match.verdict, match.reasons) == (
        Verdict.UNCHECKABLE,
        (Reason.NO_QUOTATION,),
    )
