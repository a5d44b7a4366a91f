"""Titles and ranks before a name, sons and companies behind it, with a dot or without."""

from __future__ import annotations

import pytest

from narrate.text.spoken import spoken_form


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Mr Khan and Mrs Lee", "Mister Khan and Missus Lee"),
        ("Mr and Mrs Hill", "Mister and Missus Hill"),
        ("Det Insp Morse, Lt Col Vane", "Detective Inspector Morse, Lieutenant Colonel Vane"),
        ("Brig. Gen. Al Poe (ret.) spoke", "Brigadier General Al Poe (retired) spoke"),
        ("1st Lt. Cole", "first Lieutenant Cole"),
        ("Rt. Hon. Meg Lowe", "Right Honorable Meg Lowe"),
        ("When Capt Scott left", "When Captain Scott left"),
        ("Sec. Blinken", "Secretary Blinken"),
        ("Sgt. 1st Class Ruiz", "Sergeant first Class Ruiz"),
        ("two Sgts. and three Lts. arrived", "two Sergeants and three Lieutenants arrived"),
        ("Attys. Gen. of six states, Lts. Gov. of two", "Attorneys General of six states, Lieutenants Governor of two"),
        ("Sts. Peter and Paul", "Saints Peter and Paul"),
        ("Pt. Reyes, Pt. 2", "Point Reyes, Part two"),
        ("The Sen. voted no; the Gov. signed it", "The Senator voted no; the Governor signed it"),
        ("Gov.-elect Stein and Maj.-Gen. Smith", "Governor-elect Stein and Major-General Smith"),
        ("the Archbp. of York", "the Archbishop of York"),
        ("Wm. J. Brandt", "William J Brandt"),
        ("Ft. Bragg and Mt Rainier", "Fort Bragg and Mount Rainier"),
    ],
)
def test_titles(written: str, said: str) -> None:
    """Ranks in a row are all said, and a title that begins a sentence is one, too."""
    assert spoken_form(written).text == said


@pytest.mark.parametrize(
    "written",
    [
        "Gen Z and Gen Alpha",
        "the Amartya Sen Foundation",
        "the rep from Ohio",
        "Rep FC",
        "Jr",
        "the Co-op",
    ],
)
def test_left(written: str) -> None:
    """A name, a generation or a word that looks like a title stays."""
    assert spoken_form(written).text == written


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Sammy Davis Jr. met Harry Connick Sr. in Vegas", "Sammy Davis Junior met Harry Connick Senior in Vegas"),
        ("Robert Downey Jr was", "Robert Downey Junior was"),
        ("the Sr. Engineer at eBay Inc., Ms. Cho", "the Senior Engineer at eBay Inc, Ms Cho"),
        ("Harold Voss, Esq., left", "Harold Voss, Esquire, left"),
        ("Ford Motor Co. said", "Ford Motor Company said"),
        ("in Co. Cork and Co. Sligo", "in County Cork and County Sligo"),
        ("Smith & Co.", "Smith and Company."),
        ("Ford Motor Co.'s and Apple Inc.'s, King Jr.'s", "Ford Motor Company's and Apple Inc's, King Junior's"),
        ("in Co Down", "in County Down"),
        ("in Co. B of it", "in Company B of it"),
        ("Hill & Co went on", "Hill and Company went on"),
        ("Warner Bros and Tate Ltd", "Warner Brothers and Tate Limited"),
        ("near Boulder, CO. It", "near Boulder, Colorado. It"),
    ],
)
def test_behind_names(written: str, said: str) -> None:
    """Sons, companies and counties by the name next to them; a stop that ends the sentence stays."""
    assert spoken_form(written).text == said
