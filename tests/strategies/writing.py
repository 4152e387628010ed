"""Texts as authors write them, in every script the library has, and as nasty as they can be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Final

from hypothesis import strategies as st

from tests.strategies import characters

Draw = st.DrawFn

PASSAGES: Final = {
    "am": "የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው።",
    "ar": "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق، وقد وُهبوا عقلًا وضميرًا.",
    "bg": "Всички хора се раждат свободни и равни по достойнство и права.",
    "bn": "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে।",
    "bo": "འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས་ལ་སྐྱེས་ཙམ་ཉིད་ནས་ཆེ་མཐོངས་དང༌། ཐོབ་ཐང་གི་རང་དབང་འདྲ་མཉམ་དུ་ཡོད་ལ།",
    "cs": "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv.",
    "de": "Alle Menschen sind frei und gleich an Würde und Rechten geboren; ein Grundrechtsverwirklichungsverfahren.",
    "dv": "ހުރިހާ އިންސާނުން ވެސް އުފަންވަނީ މިނިވަންކަމުގައި",
    "el": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.",
    "en": "All human beings are born free and equal in dignity and rights; they “act” in a spirit of brotherhood—so.",
    "es": "¿Todos los seres humanos nacen libres e iguales en dignidad y derechos?",
    "fa": "تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق (۱۲۳) با هم برابرند.",
    "fi": "Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits\u00a0: «\u202fœuvre\u202f».",
    "grc": "Ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν",
    "gu": "પ્રતિષ્ઠા અને અધિકારોની દૃષ્ટિએ સર્વ માનવો જન્મથી સ્વતંત્ર અને સમાન હોય છે.",
    "he": 'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם, "שָׁלוֹם" (1948).',
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।",
    "hy": "Բոլոր մարդիկ ծնվում են ազատ ու հավասար՝ իրենց արժանապատվությամբ ու իրավունքներով։",
    "ja": "すべての人間は、生れながらにして自由であり、かつ、「尊厳」と権利とについて平等である。",
    "ka": "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით.",
    "km": "មនុស្សទាំងអស់កើតមកមានសេរីភាព និងភាពស្មើៗគ្នាក្នុងសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។",
    "kn": "ಎಲ್ಲಾ ಮಾನವರೂ ಸ್ವತಂತ್ರರಾಗಿಯೇ ಜನಿಸಿದ್ದಾರೆ ಹಾಗೂ ಘನತೆ ಮತ್ತು ಹಕ್ಕುಗಳಲ್ಲಿ ಸಮಾನರಾಗಿದ್ದಾರೆ.",
    "ko": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 평등하다.",
    "lo": "ມະນຸດເກີດມາມີສິດເສລີພາບ ແລະ ສະເໝີໜ້າກັນໃນທາງກຽດສັກສີ ແລະ ທາງສິດ",
    "ml": "മനുഷ്യരെല്ലാവരും തുല്യാവകാശങ്ങളോടും അന്തസ്സോടും സ്വാതന്ത്ര്യത്തോടുംകൂടി ജനിച്ചിട്ടുള്ളവരാണ്.",
    "mn": "Хүн бүр төрж мэндлэхдээ эрх чөлөөтэй, адилхан нэр төртэй байдаг.",
    "mr": "सर्व मानवी व्यक्ति जन्मतःच स्वतंत्र आहेत व त्यांना समान प्रतिष्ठा व समान अधिकार आहेत.",
    "my": "လူတိုင်းသည် တူညီလွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။",
    "nl": "Alle mensen worden vrĳ en gelijk in waardigheid en rechten geboren.",
    "or": "ସବୁ ମନୁଷ୍ୟ ଜନ୍ମକାଳରୁ ସ୍ୱାଧୀନ ଏବଂ ମର୍ଯ୍ୟାଦା ଓ ଅଧିକାରରେ ସମାନ ।",
    "pa": "ਸਾਰਾ ਮਨੁੱਖੀ ਪਰਿਵਾਰ ਆਪਣੀ ਮਹਿਮਾ, ਸ਼ਾਨ ਅਤੇ ਹੱਕਾਂ ਦੇ ਪੱਖੋਂ ਜਨਮ ਤੋਂ ਹੀ ਆਜ਼ਾਦ ਹੈ।",
    "pl": "Wszyscy ludzie rodzą się wolni i równi w swej godności i w swych prawach.",
    "ro": "Toate ființele umane se nasc libere și egale în demnitate și în drepturi.",
    "ru": "Все люди рождаются свободными и равными в своём достоинстве и правах.",
    "si": "සියලු මනුෂ්‍යයෝ නිදහස්ව උපත ලබා ඇත. ගරුත්වයෙන් හා අයිතිවාසිකම්වලින් සමාන වෙති.",
    "sr": "Сва људска бића рађају се слободна и једнака у достојанству и правима.",
    "sw": "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa.",
    "ta": "மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும் சமமானவர்கள்.",
    "te": "ప్రతిపత్తిస్వత్వముల విషయమున మానవులెల్లరును జన్మతః స్వతంత్రులును సమానులును నగుదురు.",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ๑๒๓",
    "tr": "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar: fiil, İSTANBUL.",
    "ug": "ھەممە ئادەم زاتىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باپباراۋەر بولۇپ تۇغۇلغان.",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах.",
    "ur": "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔",
    "vi": "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.",
    "yi": "אַלע מענטשן ווערן געבוירן פֿרײַ און גלײַך אין כּבֿוד",
    "yo": "Gbogbo ènìyàn ni a bí ní òmìnira; iyì àti ẹ̀tọ́ kọ̀ọ̀kan sì dọ́gba.",
    "zh-Hans": "人人生而自由，在尊严和权利上一律平等。“他们”赋有理性和良心……",
    "zh-Hant": "人人生而自由，在尊嚴和權利上一律平等。「他們」賦有理性和良心",
}
"""A sentence in each language: of the Universal Declaration of Human Rights, where that is known by heart."""

LANGUAGES: Final = tuple(PASSAGES)
RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ug", "ur", "yi"})

CURIOSITIES: Final = (
    "e\u0301tude Vie\u0323\u0302t q\u0303\u0323",
    "ﬁancé",
    "soft\u00adhyphen\u00adation",
    "no\u00a0break 10\u202f000 2\u2007005",
    "zero\u200bwidth\u2060joined",
    "全角\u3000空白 が\u304b\u3099 ﾊﾝｶｸ",
    "العربية \u200fجميلة\u200e (1) [2] HTML 5.0",
    "\u2067עברית (a) 12%\u2069 \u202bأ-ب\u202c",
    "abc \u2068שלום\u2069, 1–2 \u202dxyz\u202c",
    "👩‍👩‍👧‍👦 🇫🇷 ☎\ufe0e 1️⃣ ❤️ 👍🏽 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "𝒜𠀋 ∑∫ ½ № ™ ℹ ☑ → ⅷ",
    "क्‍ष क्‌ष श्री ক্ষ র‍্য ශ්‍රී",
    "https://example.org/a/very/long/address?with=a&query=that-does-not-end#anywhere-at-all-soon",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "superkalifragilistisch internationalisation " * 8,
    "( אבג ) «ابج» [दे] ‹é›",
    "1.234,5 % — 3×4=12 ± 5° 6′ 7″",
    "ʼn Đặc ŵ ǆ ß ẞ ſ ı İ",
)
"""What is easily lost: decomposed letters, joiners, spaces, sequences, directions, long words."""

LOOK_ALIKES: Final = (
    "[1]",
    "(1)",
    "{1} <1>",
    "\u00a0[1]",
    "[Note\u00a01]",
    "\u00a0{Note\u00a01}",
    "[Image\u00a01] alt",
    "[Image] alt",
    "(Credit) name",
    "- item",
    "[x] done",
    "[ ] open",
    "1. x",
    "1) [x] x",
    "* * *",
    "-----",
    "--+--+",
    "==+",
    "+",
    "+=",
    "a | b",
    "│ ‖ |",
    "# Notes",
    "## Heading",
    "Notes",
    "By X",
    "By\u00a0X",
    "Published:\u00a0today",
    "> quoted",
    ">",
    "```",
    "``` `````",
    "~ caption",
    ": definition",
    "= equals",
    "\u00a0",
    "\u00a0\u00a0- x",
    "\u3000字",
    "<b>&amp;</b>",
    "{{ braces }} {% raw %}",
    "\\ * _ `x`",
    "From me",
    "\ufeffbom",
)
"""Texts that look like what editions are made of."""

_ASCII = "abc .,-[]()1|#>*`:~+=&<\"'%_ \n\t"
_FORMS = ("NFC", "NFC", "NFD")


@st.composite
def texts(draw: Draw) -> str:
    """What an author may write; at least one character of it is no white space."""
    between = draw(st.sampled_from(("", " ", "\n")))
    text = between.join(draw(_pieces(_WRITTEN.get())) for _ in range(draw(st.integers(1, 4))))
    return text if text.strip(" \t\n") else "ink"


@st.composite
def passages(draw: Draw, language: str | None = None) -> str:
    """Words of ``language`` (else any), from one to the whole sentence, composed or decomposed."""
    words = PASSAGES[language or draw(st.sampled_from(LANGUAGES))].split(" ")
    start = draw(st.integers(0, len(words) - 1))
    text = " ".join(words[start : start + draw(st.integers(1, len(words)))])
    return unicodedata.normalize(draw(st.sampled_from(_FORMS)), text)


@st.composite
def long_passages(draw: Draw) -> str:
    """Enough words for several lines, at times for more than a page."""
    some = [draw(passages()) for _ in range(draw(st.integers(1, 3)))]
    return " ".join(some * draw(st.sampled_from((2, 4, 8, 60))))


@contextmanager
def as_written(written: bool = True) -> Iterator[None]:
    """While it lasts, texts are what people write, and no soup of characters."""
    token = _WRITTEN.set(written)
    try:
        yield
    finally:
        _WRITTEN.reset(token)


_WRITTEN = ContextVar("written", default=False)


@lru_cache(maxsize=None)
def _pieces(written: bool) -> st.SearchStrategy[str]:
    sensible = (passages(), passages(), passages(), st.sampled_from(CURIOSITIES), st.sampled_from(LOOK_ALIKES))
    if written:
        return st.one_of(*sensible)
    return st.one_of(
        *sensible,
        st.text(_ASCII, min_size=1, max_size=12),
        _sparse(),
        _of_one_script(),
        _of_any_script(),
        st.just(" "),
    )


@st.composite
def _of_one_script(draw: Draw) -> str:
    """Characters of one script in any order, with what is common to all."""
    alphabets = characters.alphabets()
    alphabet = alphabets[draw(st.sampled_from(tuple(alphabets)))]
    return "".join(draw(_one_of(alphabet)) for _ in range(draw(st.integers(1, 8))))


@st.composite
def _of_any_script(draw: Draw) -> str:
    """Any covered characters, marks and spaces among them."""
    sources = (characters.covered(), characters.marks(), characters.SPACES + characters.INVISIBLE + " ")
    return "".join(draw(_one_of(draw(st.sampled_from(sources)))) for _ in range(draw(st.integers(1, 8))))


def _one_of(alphabet: str) -> st.SearchStrategy[str]:
    """By its number: hypothesis takes an alphabet of thousands apart each time it is named."""
    return st.integers(0, len(alphabet) - 1).map(alphabet.__getitem__)


@st.composite
def _sparse(draw: Draw) -> str:
    """A passage with something invisible, or a space of another kind, inside its words."""
    text = draw(passages())
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(characters.SPACES + characters.INVISIBLE)) + text[at:]
