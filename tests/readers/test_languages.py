"""Languages guessed from the script."""

from __future__ import annotations

import pytest

from exporter.readers.languages import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council voted on Tuesday", "en"),
        ("Το συμβούλιο ψήφισε", "el"),
        ("המועצה הצביעה", "he"),
        ("สภาเมืองลงมติ", "th"),
        ("시의회가 표결했다", "ko"),
        ("議会は火曜日に可決した", "ja"),
        ("カタカナ", "ja"),
        ("Խորհուրդը քվեարկեց", "hy"),
        ("საბჭომ კენჭი უყარა", "ka"),
        ("ምክር ቤቱ ድምፅ ሰጠ", "am"),
        ("ក្រុមប្រឹក្សាបានបោះឆ្នោត", "km"),
        ("ສະພາໄດ້ລົງຄະແນນ", "lo"),
        ("ကောင်စီက မဲပေးခဲ့သည်", "my"),
        ("மன்றம் வாக்களித்தது", "ta"),
        ("మండలి ఓటు వేసింది", "te"),
        ("കൗൺസിൽ വോട്ട് ചെയ്തു", "ml"),
        ("සභාව ඡන්දය දුන්නේය", "si"),
        ("ਕੌਂਸਲ ਨੇ ਵੋਟ ਪਾਈ", "pa"),
        ("পরিষদ ভোট দিয়েছে", "bn"),
        ("གྲོས་ཚོགས་", "bo"),
        ("ކައުންސިލުން ވޯޓު ދިން", "dv"),
        ("परिषद ने मतदान किया", "hi"),
        ("صوت المجلس يوم الثلاثاء", "ar"),
        ("شورا روز سه‌شنبه رأی داد که پل ژرف بسته بماند", "fa"),
        ("کونسل نے منگل کو ووٹ دیا", "ur"),
        ("كېڭەش سەيشەنبە كۈنى بېلەت تاشلىدى", "ug"),
        ("Совет проголосовал", "ru"),
        ("Рада проголосувала, її рішення є", "uk"),
        ("这个国家的议会表决", "zh-Hans"),
        ("這個國家的議會表決", "zh-Hant"),
    ],
)
def test_a_script_suggests_a_language(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_the_script_of_most_letters_counts() -> None:
    assert guess_language("Совет BBC проголосовал, NATO молчит") == "ru"


def test_japanese_is_known_by_its_kana_among_many_characters() -> None:
    assert guess_language("東京都議会議員選挙の投票率は") == "ja"


@pytest.mark.parametrize("text", ["", "1234 – 5678", "🙂"])
def test_without_letters_nothing_is_guessed(text: str) -> None:
    assert guess_language(text) == "und"


def test_a_script_unknown_to_the_table_is_undetermined() -> None:
    assert guess_language("ᚠᚢᚦᚨᚱᚲ") == "und"
