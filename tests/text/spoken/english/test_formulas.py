"""Signs of the sciences are said by letters and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.speech.engines.phonemes import phonemise
from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("NaCl is salt", "N A C L is salt"),
        ("¹⁴C and ²³⁵U", "C fourteen and U two thirty five"),
        ("¹⁸O/¹⁶O, (¹³C), ⁹⁹Tc", "O eighteen slash O sixteen, (C thirteen), T C ninety nine"),
        ("ended.¹⁴ Cats and x¹⁴ C", "ended. Cats and x to the fourteenth C"),
        ("SO₂, SO2 and NO2", "S O two, S O two and N O two"),
        ("CaCO₃", "C A C O three"),
        ("H2SO4", "H two S O four"),
        ("Fe2O3 and KMnO4", "F E two O three and K M N O four"),
        ("Ca(OH)₂", "C A O H two"),
        ("(NH4)2SO4", "N H four two S O four"),
        ("NaOH, HCl.", "N A O H, H C L."),
        ("Na+ and Ca2+ ions", "N A plus and C A two plus ions"),
        ("Ca²⁺, Cl⁻, OH−.", "C A two plus, C L minus, O H minus."),
        ("H+, K+", "H plus, K plus"),
        ("GaAs chips", "G A A S chips"),
        ("HbA1c of 6", "H B A one C of six"),
        ("A1C", "A one C"),
        ("CO2 and H₂O", "CO two and H two O"),
    ],
)
def test_formulas(written: str, said: str) -> None:
    """Letter by letter, counts and charges as numbers and words."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    "text",
    [
        "He met McCain In May",
        "a PhD and an MSc",
        "HeLa cells, NaN, the CoS",
        "As No one is Here",
        "UNICEF, SOS, INFO, COP, US",
        "the iPhone and YouTube",
        "PoW camps",
        "CPAs, PWAs and HOAs, POs, CEOs",
        "CoCo Bongo, TiVo and LiPo",
        "He I Am",
    ],
)
def test_no_formulas(text: str) -> None:
    """Words, names and initialisms that are made of the same letters."""
    assert spoken_form(text).text == text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("An IV drip, IV fluids", "An I V drip, I V fluids"),
        ("The IV line", "The I V line"),
        ("Part IV", "Part four"),
        ("King Henry IV drank", "King Henry the fourth drank"),
    ],
)
def test_infusions(written: str, said: str) -> None:
    """No numeral before what drips."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("β-carotene and α", "beta-carotene and alpha"),
        ("area πr² or 2πr", "area pi r squared or two pi r"),
        ("TNFα, NF-κB, TGF-β1", "TNF alpha, NF-kappa B, TGF-beta one"),
        ("Δx, ΔT and μ₀", "delta x, delta T and mu zero"),
        ("χ² and Γ", "chi squared and gamma"),
        ("10 μg or 5μm", "ten micrograms or five micrometers"),
        ("10 Ω, 5kΩ and 2 MΩ", "ten ohms, five kilohms and two megohms"),
        ("Ω-3", "omega three"),
        ("η Ελλάδα και", "eta Ελλάδα και"),
    ],
)
def test_greek_letters(written: str, said: str) -> None:
    """Alone and in names by their names, as units where they are; words stay."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    ("written", "letters"),
    [("NaCl", "ˈɛn ˈeɪ sˈiː ˈɛl"), ("SiO₂", "ˈɛs ˈaɪ ˈoʊ tˈuː"), ("CaCO₃", "sˈiː ˈeɪ sˈiː ˈoʊ θɹˈiː")],
)
def test_heard(written: str, letters: str) -> None:
    """A and I, too, as the names of letters."""
    form = spoken_form(f"They use {written} here.", "en-US")

    assert letters in phonemise(form.text, "en-us", form.sounds)


@given(
    st.lists(
        st.sampled_from(["Na", "C", "O", "l", "(", ")", "₂", "2", "+", "−", "²", "μ", "Ω", " ", "β", "IV", "."])
    ).map("".join)
)
def test_settles(written: str) -> None:
    """What is said has no digit, and said again it is the same."""
    said = spoken_form(written).text

    assert not any(char.isdigit() for char in said)
    assert spoken_form(said).text == said
