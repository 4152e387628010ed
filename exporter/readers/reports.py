"""Words a news report is known by: the day it tells of, who said so, whom it has named before, what it asks.

Word lists of some twenty languages. They only add to what form says: a text in another language is
read without them.
"""

from __future__ import annotations

import re
from typing import Final

_DAYS: Final = (
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    r"montag\w*|dienstag\w*|mittwoch\w*|donnerstag\w*|freitag\w*|samstag\w*|sonnabend\w*|sonntag\w*",
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    r"(?:segunda|terça|quarta|quinta|sexta)-feira",
    r"lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
    r"maandag\w*|dinsdag\w*|woensdag\w*|donderdag\w*|vrijdag\w*|zaterdag\w*|zondag\w*",
    r"måndag\w*|tisdag\w*|onsdag\w*|torsdag\w*|fredag\w*|lördag\w*|söndag\w*|mandag\w*|tirsdag\w*|lørdag\w*|søndag\w*",
    r"maanantai\w*|tiistai\w*|keskiviik\w*|torstai\w*|perjantai\w*|lauantai\w*|sunnuntai\w*",
    r"poniedział\w*|wtor(?:ek|ku)|środ[aęy]|czwart(?:ek|ku)|piąt(?:ek|ku)|sobot[aęy]|niedziel[aęę]",
    r"pondělí|úter[ýk]\w*|střed[auy]|čtvrt(?:ek|ka)|pát(?:ek|ku)|neděl[eiu]",
    r"понедельник\w*|вторник\w*|сред[ауы]|четверг\w*|пятниц\w*|суббот\w*|воскресень\w*",
    r"понеділ\w*|вівтор\w*|серед[ауи]|четвер\w*|п.?ятниц\w*|субот\w*|неділ\w*",
    r"pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|senin|selasa|rabu|kamis|jumat|sabtu|minggu",
    r"δευτέρα\w*|τρίτη\w*|τετάρτη\w*|πέμπτη\w*|παρασκευή\w*|σάββατο\w*|κυριακή\w*",
    r"(?:يوم )?(?:الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)",
    r"(?:יום )?(?:ב?ראשון|ב?שני|ב?שלישי|ב?רביעי|ב?חמישי|ב?שישי|ב?שבת)",
    r"सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार",
)
_DAY: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(_DAYS)})(?!\w)|星期[一二三四五六日]|周[一二三四五六日]|\d{{1,2}}日|[월화수목금토일]요일"
)

_REPORTING: Final = (
    r"said|told|announced|reported|confirmed|according to",
    r"sagten?|teilten?|mitteilten?|erklärten?|berichteten?|zufolge|laut|nach angaben",
    r"(?:a|ont|a-t-on) (?:annoncé|indiqué|déclaré|appris|confirmé|affirmé|rapporté)|selon|d'après",
    r"inform(?:ó|aron)|anunci(?:ó|aron)|dij(?:o|eron)|según|inform(?:ou|aram)|diss(?:e|eram)|segundo [ao]s?",
    r"(?:ha|hanno) (?:detto|riferito|annunciato|dichiarato)|secondo (?:la|il|i|le|gli)|volgens|aldus|meldt|zei",
    r"enligt|uppgav|meddelade|ifølge|oplyste?|opplyser|kertoi|mukaan",
    r"poinformował\w*|podał\w*|przekazał\w*|według|uvedl\w*|oznámil\w*|podle",
    r"сообщи\w*|сообщает\w*|заяви\w*|рассказа\w*|повідоми\w*|заяви\w*|розпові\w*",
    r"açıkladı|bildirdi|söyledi|duyurdu|kata|ujar|mengatakan",
    r"قال|قالت|أعلن|أعلنت|أفاد|أفادت|ذكرت|وفق|सूचित|बताया|कहा|के अनुसार",
    r"ανακοίνωσε|δήλωσε|ανέφερε|σύμφωνα με",
)
_REPORT: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(_REPORTING)})(?!\w)|表示|宣布|发表|發表|によると|と発表|と述べ|밝혔다|말했다|전했다"
)

_PRONOUNS: Final = (
    r"he|she|they|it|his|her|their|its|both",
    r"er|sie|ihr|ihre|sein|seine|beide|ils|elles|sa|son|leurs?",
    r"ella|ellos|ellas|ambos|ele|ela|eles|elas|hij|zij|ze|zijn|haar",
    r"он|она|они|его|её|їх|він|вона|вони|han|hon|hun|hän",
)
_BACK: Final = re.compile(rf"(?:{'|'.join(_PRONOUNS)})\s|\w+ \d+[- ](?:\w+-)*\w*(?:old|jähr|jarig)", re.IGNORECASE)

_ASKING: Final = (
    r"what|how|why|when|where|who|was|wie|warum|wer|wo|wann|comment|pourquoi|qui|ce qu[ei']\S*|qué|cómo|por qué",
    r"quién|dónde|o que|como|por que|quem|cosa|come|perché|chi|wat|hoe|waarom|vad|hur|varför|hvad|hvordan|hvorfor|hva",
    r"mitä|miten|miksi|co|jak|dlaczego|proč|kto|kdo|что|как|почему|кто|що|як|чому|хто",
)
_ASKS: Final = re.compile(rf"(?:{'|'.join(_ASKING)})\s", re.IGNORECASE)


def tells_the_day(text: str) -> bool:
    """Whether ``text`` names a day of the week, or in Chinese, Japanese and Korean a day."""
    return _DAY.search(text.casefold()) is not None


def is_attributed(text: str) -> bool:
    """Whether ``text`` says who reported it."""
    return _REPORT.search(text.casefold()) is not None


def refers_back(text: str) -> bool:
    """Whether ``text`` begins with a pronoun, or with a person's age as a name."""
    return _BACK.match(text) is not None


def asks(text: str) -> bool:
    """Whether ``text`` begins with a word that asks, whatever mark it ends with."""
    return _ASKS.match(text) is not None
