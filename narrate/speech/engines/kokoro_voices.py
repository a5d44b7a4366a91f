"""Kokoro's voices from the best to the worst of each language, so that the first that fits is the one to take.

Grades are the overall ones of the model's author, who judged the voices and counted the recordings behind them:
https://huggingface.co/hexgrad/Kokoro-82M/blob/main/VOICES.md. Spanish and Portuguese voices have none. Voices of one
grade stand by name; am_michael is before them, for it is the man's voice whose errors were counted on a whole
article (1.5 % of words).
"""

from __future__ import annotations

from collections.abc import Iterable

GRADES: tuple[tuple[str, str], ...] = (
    ("A", "af_heart"),
    ("A-", "af_bella"),
    ("B-", "af_nicole bf_emma ff_siwis"),
    ("C+", "af_aoede af_kore af_sarah am_michael am_fenrir am_puck"),
    ("C", "af_alloy af_nova bf_isabella bm_fable bm_george hf_alpha hf_beta hm_omega hm_psi if_sara im_nicola"),
    ("C-", "af_sky"),
    ("D+", "bm_lewis"),
    ("D", "af_jessica af_river am_echo am_eric am_liam am_onyx bf_alice bf_lily bm_daniel"),
    ("D-", "am_santa"),
    ("F+", "am_adam"),
    ("", "ef_dora em_alex em_santa pf_dora pm_alex pm_santa"),
)

_RANKS = {name: rank for rank, name in enumerate(" ".join(names for _, names in GRADES).split())}


def ordered(names: Iterable[str]) -> list[str]:
    """Names of voices by language (their first letter), each language's best voice first.

    Args:
        names: Any names; those of a user's own voices file come after the known ones of their language, by name.
    """
    return sorted(names, key=lambda name: (name[:1], _RANKS.get(name, len(_RANKS)), name))
