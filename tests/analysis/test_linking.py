"""Linking phrases to entities: names, titles at a date, institutions, crowds, metonyms, and what must stay unknown."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import quickest

from waqai.analysis.linking import Linker
from waqai.analysis.linking_home import Sighting, with_places
from waqai.document import Entity
from waqai.knowledge.actors import ActorBase
from waqai.knowledge.loader import Resources
from waqai.text.folding import fold_word
from waqai.text.romanising import romanise


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(ActorBase.load(Resources()))


def link(linker: Linker, phrase: str, date: str = "", home: str = "") -> Entity:
    return linker.link(fold_word(phrase).split(), dt.date.fromisoformat(date) if date else None, home)


COMPOSED = [
    ("الجيش الليبي", "", "military", "LBY", "MIL"), ("الجيش", "SYR", "military", "SYR", "MIL"), ("والجيش اليمني", "", "military", "YEM", "MIL"),
    ("للجيش", "LBN", "military", "LBN", "MIL"), ("الشرطة", "TUN", "police", "TUN", "COP"), ("قوات الأمن المصرية", "", "police", "EGY", "COP"),
    ("الحكومة", "JOR", "organisation", "JOR", "GOV"), ("حكومة السودان", "", "organisation", "SDN", "GOV"), ("وزارة الخارجية القطرية", "", "organisation", "QAT", "GOV"),
    ("الرئاسة الفرنسية", "", "organisation", "FRA", "GOV"), ("الخارجية الروسية", "", "organisation", "RUS", "GOV"), ("البرلمان", "IRQ", "organisation", "IRQ", "LEG"),
    ("محكمة في باريس", "", "organisation", "FRA", "JUD"), ("السفارة الأميركية في بيروت", "", "organisation", "USA", "GOV"),
    ("وزير الدفاع الأميركي", "", "office", "USA", "GOV"), ("المتحدث باسم الخارجية", "TUR", "office", "TUR", "GOV"), ("قائد الشرطة", "EGY", "office", "EGY", "COP"),
    ("الناطق باسم الجيش الإسرائيلي", "", "office", "ISR", "MIL"), ("نائب رئيس البرلمان", "KWT", "office", "KWT", "LEG"), ("قيادي في حركة حماس", "", "office", "PSE", "REB"),
    ("عناصر من طالبان", "", "armed group", "AFG", "REB"), ("مسلحون مجهولون", "IRQ", "armed group", "IRQ", "UAF"), ("مقاتلو المعارضة", "SYR", "armed group", "SYR", "REB"),
    ("20 متظاهرا", "TUN", "group", "TUN", "CVL"), ("آلاف المتظاهرين", "DZA", "group", "DZA", "CVL"), ("عشرات المحتجين اللبنانيين", "", "group", "LBN", "CVL"),
    ("ثلاثة جنود أتراك", "", "military", "TUR", "MIL"), ("أهالي حلب", "", "group", "SYR", "CVL"), ("نحو خمسين لاجئا سوريا", "", "group", "SYR", "REF"),
    ("صحافيون مصريون", "", "media", "EGY", "JRN"), ("رجال الدين", "IRN", "office", "IRN", "REL"), ("نقابة المحامين", "TUN", "organisation", "TUN", "LAB"),
    ("أحزاب المعارضة", "MAR", "party", "MAR", "OPP"), ("قادة المعارضة السودانية", "", "party", "SDN", "OPP"), ("عناصر الشرطة", "MAR", "police", "MAR", "COP"),
    ("قواته", "SDN", "military", "SDN", "MIL"), ("السوريون", "", "group", "SYR", "CVL"), ("قوات حفتر", "", "military", "LBY", "REB"),
    ("نواب كتلة المستقبل", "LBN", "office", "LBN", "LEG"), ("مستشار الرئيس الفلسطيني محمود عباس", "", "office", "PSE", "GOV"),
    ("زوجة الرئيس", "EGY", "group", "EGY", "ELI"), ("وزير الدفاع السابق", "GRC", "office", "GRC", "ELI"),
    ("نجل الصياد", "LBN", "group", "LBN", "CVL"), ("ضباط كبار آخرون", "MLI", "office", "MLI", "MIL"), ("مصدر بالداخلية", "TUN", "organisation", "TUN", "GOV"),
    ("رابطة ضحايا القصف", "IRQ", "organisation", "IRQ", "SOC"), ("منظمات الدفاع عن حقوق الأطفال", "MAR", "organisation", "", "SOC"),
    ("النظام العسكري الحاكم", "GIN", "organisation", "GIN", "GOV"), ("قوات حفظ النظام", "DZA", "police", "DZA", "COP"), ("أمراء الحرب", "SOM", "armed group", "SOM", "REB"),
    ("السارجنت", "CAN", "office", "CAN", "MIL"), ("محطة تلفزيونية", "SEN", "media", "SEN", "JRN"), ("المحامي العام", "EGY", "office", "EGY", "JUD"),
    ("البابا", "TUR", "office", "VAT", "REL"), ("فئات واسعة من اليمنيين", "", "group", "YEM", "CVL"), ("خمسة مسلمين", "IND", "group", "IND", "CVL"),
    ("أيدي مسلحين", "IRQ", "armed group", "IRQ", "UAF"), ("كوادر حزب التجمع الوطني الديمقراطي", "", "office", "DZA", "PTY"),
]


@pytest.mark.parametrize(("phrase", "home", "kind", "country", "sector"), COMPOSED)
def test_phrases_are_composed(linker, phrase, home, kind, country, sector):
    entity = link(linker, phrase, home=home)
    assert (entity.kind, entity.country, entity.sector) == (kind, country, sector)


NAMED = [
    ("دونالد ترمب", "", "Donald Trump", "USA", "GOV"), ("الرئيس الأمريكي دونالد ترامب", "", "Donald Trump", "USA", "GOV"), ("نتانياهو", "", "Benjamin Netanyahu", "ISR", "GOV"),
    ("رئيس الوزراء الإسرائيلي بنيامين نتنياهو", "", "Benjamin Netanyahu", "ISR", "GOV"), ("الأمين العام للأمم المتحدة أنطونيو غوتيريس", "", "António Guterres", "UNO", ""),
    ("المشير خليفة حفتر", "", "Khalifa Haftar", "LBY", "REB"), ("المبعوث الأممي إلى سوريا غير بيدرسن", "", "Geir Pedersen", "UNO", ""),
    ("المتحدثة باسم الخارجية الروسية ماريا زاخاروفا", "", "Maria Zakharova", "RUS", "GOV"), ("حركة حماس", "", "Hamas", "PSE", "REB"), ("حماس", "", "Hamas", "PSE", "REB"),
    ("تنظيم القاعدة", "", "Al-Qaeda", "IMG", "REB"), ("حزب الله اللبناني", "", "Hezbollah", "LBN", "PTY"), ("للأمم المتحدة", "", "United Nations", "UNO", ""),
    ("الاتحاد الأوروبي", "", "European Union", "EUR", ""), ("البيت الأبيض", "IRQ", "White House", "USA", "GOV"), ("الكرملين", "SYR", "Kremlin", "RUS", "GOV"),
    ("واشنطن", "", "United States", "USA", ""), ("دولة قطر", "", "Qatar", "QAT", ""), ("إيران", "IRQ", "Iran", "IRN", ""), ("الأميركية", "", "United States", "USA", ""),
    ("قناة الجزيرة", "", "Al Jazeera", "QAT", "JRN"), ("الحوثيون", "", "Houthis (Ansar Allah)", "YEM", "REB"), ("ميليشيا الحوثي", "SAU", "Houthis (Ansar Allah)", "YEM", "REB"),
    ("المستوطنون", "PSE", "Israeli settlers", "ISR", "CVL"), ("مجلس الأمن الدولي", "LBY", "UN Security Council", "UNO", ""),
]


@pytest.mark.parametrize(("phrase", "home", "english", "country", "sector"), NAMED)
def test_known_entities_are_named(linker, phrase, home, english, country, sector):
    entity = link(linker, phrase, home=home)
    assert (entity.name_en, entity.country, entity.sector) == (english, country, sector)
    assert not entity.id.startswith("local:")


HELD = [
    ("الرئيس الأميركي", "2012-03-01", "", "Barack Obama", "President"), ("الرئيس الأميركي", "2018-03-01", "", "Donald Trump", "President"),
    ("الرئيس", "2010-03-01", "EGY", "Hosni Mubarak", "President"), ("وزير الخارجية الروسي", "2016-03-01", "", "Sergey Lavrov", "Foreign Minister"),
    ("العاهل السعودي", "2019-03-01", "", "Salman bin Abdulaziz", "King"), ("ولي العهد السعودي", "2019-03-01", "", "Mohammed bin Salman", "Crown Prince"),
    ("المرشد الأعلى الإيراني", "2019-03-01", "", "Ali Khamenei", "Supreme Leader"), ("الأمين العام للأمم المتحدة", "2019-03-01", "", "António Guterres", "Secretary-General"),
    ("رئيس الوزراء", "2019-03-01", "LBN", "Saad Hariri", "Prime Minister"), ("الرئيس السوري", "2025-06-01", "", "Ahmed al-Sharaa", "President"),
    ("المستشارة الألمانية", "2015-06-01", "", "Angela Merkel", "Chancellor"),
]


@pytest.mark.parametrize(("phrase", "date", "home", "english", "role"), HELD)
def test_titles_mean_their_holder_at_the_date(linker, phrase, date, home, english, role):
    entity = link(linker, phrase, date, home)
    assert (entity.name_en, entity.role) == (english, role)


def test_without_a_date_a_title_is_nobody_in_particular(linker):
    entity = link(linker, "الرئيس الأميركي")
    assert entity.kind == "office"
    assert (entity.country, entity.sector) == ("USA", "GOV")


def test_who_has_left_office_is_of_the_elite(linker):
    assert link(linker, "حسني مبارك", "2012-05-01").sector == "ELI"
    assert link(linker, "حسني مبارك", "2009-05-01").sector == "GOV"
    assert link(linker, "الرئيس السابق حسني مبارك").sector == "ELI"


@pytest.mark.parametrize(("phrase", "home", "country"), [
    ("مجلس النواب العراقي", "", "IRQ"), ("مجلس النواب العراقي", "LBY", "IRQ"), ("المجلس الرئاسي اليمني", "LBY", "YEM"), ("حزب العدالة والتنمية", "MAR", "MAR"),
    ("حزب العدالة والتنمية", "TUR", "TUR"), ("الإخوان المسلمون", "EGY", "EGY"), ("مسلحون موالون لإيران", "IRQ", "IRQ"), ("متظاهرون مؤيدون لروسيا", "UKR", "UKR"),
    ("القوات الأميركية في العراق", "IRQ", "USA"), ("الطرفان", "SDN", ""), ("بلاده", "EGY", ""), ("قرار جديد", "LBY", ""),
])
def test_the_right_country(linker, phrase, home, country):
    assert link(linker, phrase, home=home).country == country


def test_a_capital_may_be_a_town_at_home(linker):
    assert link(linker, "طرابلس").id == "LBY"
    assert link(linker, "طرابلس", home="LBN").country == "LBN"
    assert link(linker, "عمان", home="OMN").id == "OMN"


def test_a_namesake_abroad_is_not_the_one(linker):
    assert link(linker, "المحافظ عمر سليمان", home="SDN").id.startswith("local:")


def test_unknown_words_stay_unknown(linker):
    entity = link(linker, "الشغاتيل")
    assert entity.kind == "unknown"
    assert linker.kinds(entity) == {"unknown"}
    assert entity.id == "local:شغاتيل"


def test_an_unknown_person_is_one_in_every_article_of_a_country(linker):
    titled = link(linker, "المتحدث باسم الشرطة سعد كاظم", home="IRQ")
    alone = link(linker, "سعد كاظم", home="IRQ")
    assert titled.id == alone.id == "local:IRQ:سعد كاظم"
    assert (titled.kind, titled.sector, alone.kind) == ("person", "COP", "person")
    assert titled.name_en == "spokesperson police Saad Kazam"
    assert link(linker, "سعد كاظم", home="TUN").id != alone.id
    assert not linker.listed(alone)


@pytest.mark.parametrize("phrase", ["وزراء الدفاع العرب", "سعد", "قوات سعد كاظم", "متظاهرون في بغداد", "ثلاثة وزراء"])
def test_what_is_no_full_name_of_one_person_names_nobody(linker, phrase):
    assert "IRQ:" not in link(linker, phrase, home="IRQ").id


@pytest.mark.parametrize(("phrase", "kinds"), [
    ("الجيش السوري", {"military", "political"}), ("متظاهرون", {"group", "political"}), ("تركيا", {"state", "political"}), ("وزير الخارجية", {"person", "state", "political"}),
    ("المحكمة العليا", {"organisation", "court", "political"}), ("حركة طالبان", {"armed", "organisation", "political"}), ("قرار", {"thing"}), ("الشرطة", {"police", "political"}),
])
def test_kinds_for_frames(linker, phrase, kinds):
    assert linker.kinds(link(linker, phrase)) == kinds


def test_readers_of_english_are_told(linker):
    assert link(linker, "الجيش الليبي").name_en == "Army (Libya)"
    assert link(linker, "عشرات المتظاهرين التونسيين").name_en == "demonstrators (Tunisia)"
    assert link(linker, "وزير الدفاع اليوناني").name_en == "Defence Minister (Greece)"
    assert link(linker, "خمسة أميركيين").name_en == "5 people (United States)"
    assert link(linker, "ثلاثة جنود").name_en == "3 soldiers"
    assert romanise("باسم القطان", {"باسم": "Bassem"}).startswith("Bassem al-")


def test_a_state_may_be_coded_as_its_government():
    acting = Linker(ActorBase.load(Resources()), state_sector="GOV")
    assert link(acting, "إيران").sector == "GOV"


HOMES = [
    ("تظاهر آلاف التونسيين في صفاقس احتجاجا على الأسعار", "آلاف", "", "TUN"),
    ("قال وزير الداخلية اللبناني إن الشرطة اعتقلت عشرين شخصا في طرابلس", "الشرطة", "", "LBN"),
    ("اشتبك الجيش مع المسلحين", "الجيش", "SDN", "SDN"),
    ("اشتبك الجيش مع المسلحين", "الجيش", "", ""),
    ("زار الرئيس الفرنسي بغداد والتقى مسؤولين عراقيين بعد أن فرقت الشرطة محتجين", "محتجين", "", "IRQ"),
    ("فتح الجنود الإسرائيليون النار على متظاهرين قرب نابلس", "متظاهرين", "", "PSE"),
    ("انتقد المحتجون تصريحات الفريق السوداني", "المحتجون", "", "SDN"),
    ("ذكرت رويترز أن الشرطة فرقت محتجين", "الشرطة", "", ""),
    ("اقتحم محتجون مقر الحزب الشعبي المنغولي", "محتجون", "", "MNG"),
    ("استقبل السيد علي فضل الله وفدا من الأهالي", "الأهالي", "", ""),
    ("انتقد المحتجون الحريري", "المحتجون", "", "LBN"),
]


@pytest.mark.parametrize(("sentence", "who", "document", "home"), HOMES)
def test_the_state_of_those_whose_words_name_none(linker, sentence, who, document, home):
    words = fold_word(sentence).split()
    position = words.index(fold_word(who))
    assert linker.home_of(linker.link([words[position]], None), position, linker.sightings(words), document=document) == home


def test_a_place_that_was_resolved_speaks_of_its_state():
    seen = (Sighting("FRA", 3, ("adjective", "of somebody")),)
    assert [s.country for s in with_places(seen, [([0, 1], "MLI"), ([3], "ITA"), ([5], "")])] == ["MLI", "FRA"]


def test_linking_is_fast(linker):
    phrases = [fold_word(phrase).split() for phrase, *_ in (*COMPOSED, *NAMED)]
    fresh = Linker(ActorBase.load(Resources()))
    for words in phrases:
        fresh.link([*words, "اليوم"], None)

    def link() -> None:
        for words in phrases:
            fresh.link(words, None, "IRQ")

    assert quickest(link) / len(phrases) < 0.0005


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤ0123456789", max_size=8), max_size=8), st.sampled_from(["", "IRQ", "XXX"]))
def test_anything_is_linked_to_something(linker, words, home):
    entity = linker.link(words, dt.date(2020, 1, 1), home)
    assert entity.id
    assert linker.kinds(entity)


@pytest.mark.parametrize(("phrase", "home", "english", "country"), [
    ("خادم الحرمين الشريفين", "EGY", "Salman bin Abdulaziz", "SAU"), ("المرشد الأعلى", "IRQ", "Ali Khamenei", "IRN"), ("سلطان عمان", "", "Qaboos bin Said", "OMN"),
    ("وزير الخارجية عادل بن أحمد الجبير", "EGY", "Adel al-Jubeir", "SAU"), ("سرغي شويغو", "", "Sergey Shoigu", "RUS"), ("زعيم الحوثيين", "", "Abdul-Malik al-Houthi", "YEM"),
    ("المبعوث الأممي إلى سوريا", "", "Staffan de Mistura", "UNO"), ("الرئيس السوداني", "IRQ", "Omar al-Bashir", "SDN"),
])
def test_offices_and_names_of_one_state_whatever_the_text_is_about(linker, phrase, home, english, country):
    entity = link(linker, phrase, "2016-07-21", home)
    assert (entity.name_en, entity.country) == (english, country)


@pytest.mark.parametrize(("phrase", "home", "country", "sector"), [
    ("فندق الجزيرة", "SOM", "SOM", "BUS"), ("تنظيم الجهاد الأصولي المصري", "", "EGY", "REB"), ("وفد من البرلمان العراقي", "", "IRQ", "LEG"), ("وفد أميركي", "", "USA", "GOV"),
    ("رئيس كوريا الجنوبية", "", "KOR", "GOV"), ("الجيش الكوري الجنوبي", "", "KOR", "MIL"),
])
def test_a_part_of_a_name_is_not_the_one_named(linker, phrase, home, country, sector):
    entity = link(linker, phrase, home=home)
    assert (entity.country, entity.sector) == (country, sector)
