"""What is claimed of a text as a quantity, and what is left to other rules."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form
from narrate.text.spoken.english.quantities.rules import amounts, round_numbers, unmistakable_quantities

DOUBTFUL = [
    ("They gave 12m in aid after the quake.", "They gave twelve million in aid after the quake."),
    ("Its population is 67m, up from 60m.", "Its population is sixty seven million, up from sixty million."),
    ("It grew from 2.1m to 3.4m cars.", "It grew from two point one million to three point four million cars."),
    ("About 8m of them live here.", "About eight million of them live here."),
    ("1.5m-2m people", "one point five million to two million people"),
    ("The IP68-rated watch survived at 1.5m.", "The IP sixty eight-rated watch survived at one point five meters."),
    ("She cleared 1.96m to win.", "She cleared one point nine six meters to win."),
    ("He missed a putt from 1.5m.", "He missed a putt from one point five meters."),
    ("a result of $(3.2) million", "a result of minus three point two million dollars"),
    ("$(0.45) per share, ($0.45)", "minus forty five cents per share, (forty five cents)"),
    ("The VIX closed at 18.42.", "The VIX closed at eighteen point four two."),
    ("Rm 5B is free", "Rm five B is free"),
    ("Visibility fell to 200m.", "Visibility fell to two hundred meters."),
    ("Kane scored at 12' and 77'.", "Kane scored at twelve minutes and seventy seven minutes."),
    ("The striker is 6' 2\" tall, a 6' man.", "The striker is six feet two inches tall, a six foot man."),
    ("3 c. flour and 2 t. sugar", "three cups flour and two teaspoons sugar"),
    ("2 t of steel", "two tonnes of steel"),
    ("a Core Ultra 9 285K, 285K units", "a Core Ultra nine two eighty five K, two hundred eighty five thousand units"),
    ("Sales rose to 1.5m.", "Sales rose to one point five million."),
    ("The audience reached 1.5m.", "The audience reached one point five million."),
    ("a 2m wall, 5m tonnes, a 12,000m peak", "a two meter wall, five million tonnes, a twelve thousand meter peak"),
    ("They ran a 10k run. It has 10k followers.", "They ran a ten k run. It has ten thousand followers."),
    ("a 4K TV and 10K users", "a four K TV and ten thousand users"),
    ("7B parameters or seat 14B", "seven billion parameters or seat fourteen B"),
    ("a 5g network, 5g of salt", "a five g network, five grams of salt"),
    ("a 13A fuse, bus 4A", "a thirteen ampere fuse, bus four A"),
    ("It was 20C in the shade. Row 5C is empty.", "It was twenty degrees Celsius in the shade. Row five C is empty."),
    ("20 in. of rain; 3 in 10 people; 12 in (30 cm)", "twenty inches of rain; three in ten people; twelve inches "
     "(thirty centimeters)"),
    ("lost 2st, the 21st", "lost two stone, the twenty first"),
    ("12-pt type, 2 pt. of cream, 25 pts and 8 rebounds", "twelve point type, two pints of cream, twenty five points "
     "and eight rebounds"),
    ("up 0.55pp, a 10 pc set", "up zero point five five percentage points, a ten piece set"),
    ("the 25 bps cut", "the twenty five basis point cut"),
    ("a 9600 bps modem", "a nine thousand six hundred bit per second modem"),
    ("a low of 950 mb, a file of 5 mb", "a low of nine hundred fifty millibars, a file of five megabytes"),
    ("in 9.58s, within 48h, his 60s", "in nine point five eight seconds, within forty eight hours, his sixties"),
    ("99p or 1080p", "ninety nine pence or ten eighty p"),
    ("3 bar stools at a pressure of 3 bar", "three bar stools at a pressure of three bar"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "said"), DOUBTFUL)
def test_doubtful_signs(written: str, said: str) -> None:
    """The words around decide what a sign with several readings is."""
    assert spoken_form(written).text == said


def test_the_record_says_which_reading_won() -> None:
    """Who looks at the edits finds the reading and its evidence behind the rule's name."""
    (edit,) = spoken_form("They gave 12m in aid.").edits

    assert edit.rule.startswith("amounts: million (")
    assert "gave" in edit.rule


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<$50, (<$50) and “<10”", 'less than fifty dollars, (less than fifty dollars) and "less than ten"'),
        ("≥5 mm, ≤ 5 km, ± 2%", "greater than or equal to five millimeters, less than or equal to five kilometers, "
         "plus or minus two percent"),
        ("about ~$5, +12%, −5 kg, –5°C", "about five dollars, plus twelve percent, minus five kilograms, minus "
         "five degrees Celsius"),
        ("20°-25°C", "twenty degrees to twenty five degrees Celsius"),
        ("-5 to -10°C", "minus five to minus ten degrees Celsius"),
        ("$0.68/$8.95 a month", "sixty eight cents eight dollars ninety five cents a month"),
        ("5kg-7kg, 40 to 45 min", "five kilograms to seven kilograms, forty to forty five minutes"),
        ("4-5½ inches, 2 ½-3 weeks", "four to five and a half inches, two and a half to three weeks"),
        ("$5-$7bn, $5 to $7bn, £4-6m", "five to seven billion dollars, five to seven billion dollars, four to "
         "six million pounds"),
        ("$150,000 to $5 million", "one hundred fifty thousand dollars to five million dollars"),
        ("$429.99 — 76% off", "four hundred twenty nine dollars ninety nine cents, seventy six percent off"),
        ("$100s of millions, in $20s", "hundreds of millions of dollars, in twenties"),
        ("1000s of people", "thousands of people"),
        ("1-in-10,000 or 1:10,000", "one-in-ten thousand or one to ten thousand"),
        ("10+ km, $1bn+, 50+ kg", "ten plus kilometers, one billion dollars plus, fifty plus kilograms"),
        ("£1,200pcm, 50 €, Rs 500, €2,75", "one thousand two hundred pounds per calendar month, fifty euros, "
         "five hundred rupees, two euros seventy five cents"),
        ("a $1.5 trillion-dollar plan", "a one point five trillion dollar plan"),
        ("5 km–10 km", "five kilometers to ten kilometers"),
        ("It holds 184 pts. – a jug", "It holds one hundred eighty four pints, a jug"),
        ("6-18x2-10cm", "six to eighteen by two to ten centimeters"),
        ("35 km NE of town", "thirty five kilometers northeast of town"),
    ],
)  # fmt: skip
def test_expressions_in_all_positions(written: str, said: str) -> None:
    """Signs, ranges, scales and coins are said wherever they stand."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    "written",
    [
        "Form 10-K",
        "802.11b",
        "Highway 401B",
        "U+017F",
        "0x1F",
        "n/a",
        "from 2200 to 0500 hours",
        "at 17.45 hrs",
        "rated 4/5",
    ],
)
def test_names_and_times_are_left_to_others(written: str) -> None:
    """Nothing of them is claimed before labels, dates and clocks have been looked for."""
    assert not [*round_numbers(written), *unmistakable_quantities(written)]


def test_each_quantity_is_claimed_once() -> None:
    """The two rules part the quantities of a text between them."""
    text = "It cost $5 for 5 km, 12m in aid and 1½ cups."
    early, late = set(unmistakable_quantities(text)), set(amounts(text))

    assert not early & late
    assert len(early | late) == 4
