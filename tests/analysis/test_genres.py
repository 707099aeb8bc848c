"""Which texts report politics, and which comment: articles of our own, of several kinds."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from waqai.analysis.caution import demanded_of, unpolitical
from waqai.analysis.genres import genre_stage
from waqai.document import Document, Genre

DAY = "2021-03-05"
REPORT = (
    "استقبل الرئيس المصري أمس وزير الخارجية الروسي في القاهرة. وبحث الجانبان الأزمة الليبية ووقف إطلاق النار في سرت. "
    "وقالت الرئاسة المصرية إن موسكو تدعم المفاوضات بين الحكومة الليبية والبرلمان."
)
MUNICIPAL = (
    "تفقد مدير الطرق أمس أعمال السفلتة في الحي الشمالي، وحث المقاولين على إنجازها قبل موسم الشتاء. "
    "وطالب الأهالي بإنارة الشارع الرئيسي وزراعة الأشجار على جانبيه. وقال إن اللجنة ستجتمع لاعتماد المخطط وتوزيع الأراضي."
)
CRIME = (
    "قبض رجال التحري أمس على شاب طعن ابن عمه بسكين بعد خلاف على مبلغ من المال. "
    "وأضاف المصدر أن الجاني اعترف بفعلته، وأن المصاب نقل إلى المستشفى لتلقي العلاج."
)
COLUMN = (
    "كلما قرأت عن مفاوضات الحكومة والمعارضة سألت نفسي: من يصدق هؤلاء الوزراء؟ "
    "أعرف أن الحرب في سوريا لن تنتهي ببيان من مجلس الأمن! ولماذا لا نقول إن الرئيس الروسي ربحها؟ "
    "أذكر يوم دخلت الدبابات العراقية الكويت، وكنت يومها صحافيا في بغداد. هل تعلمنا شيئا؟ لا أظن."
)


def judged(coder, text: str) -> Genre:
    document = coder(text, date=DAY)
    assert document.genre is not None
    return document.genre


def test_a_report_of_politics_speaks_of_it_and_of_states(coder):
    genre = judged(coder, REPORT)
    assert genre.politics is not None and genre.politics > 13
    assert not genre.comment


@pytest.mark.parametrize("text", [MUNICIPAL, CRIME])
def test_everyday_news_hardly_speaks_of_politics(coder, text):
    genre = judged(coder, text)
    assert genre.politics is not None and genre.politics < 6
    assert unpolitical(genre)


@pytest.mark.parametrize("text", [MUNICIPAL, CRIME])
def test_everyday_news_gives_no_events(coder, full_coder, text):
    assert coder(text, date=DAY).events == () == full_coder(text, date=DAY).events


def test_a_column_is_a_comment_though_it_speaks_of_politics(coder):
    genre = judged(coder, COLUMN)
    assert genre.politics is not None and genre.politics > 6
    assert genre.comment


def test_a_day_in_the_lead_makes_a_report(coder):
    assert not judged(coder, "اجتمع الوزراء أمس في بغداد. " + COLUMN).comment


def test_the_first_person_of_somebody_quoted_is_no_comment(coder):
    said = " ".join(f"وقال الوزير «نرفض هذا القرار ونطالب الحكومة رقم {number} بسحبه»." for number in range(5))
    assert not judged(coder, said).comment


@pytest.mark.parametrize("text", ["تفقد مدير الطرق أعمال السفلتة.", MUNICIPAL.split(".")[0], "انتهى العمل أمس. وعاد العمال."])
def test_a_single_sentence_or_a_few_words_are_not_judged(coder, text):
    assert judged(coder, text) == Genre()


def test_a_single_sentence_with_a_title_is_judged(coder):
    assert coder(MUNICIPAL.split(".")[0] + ".", title="مدير الطرق يحث المقاولين على إنجاز سفلتة الحي").genre.politics < 6


def test_a_headline_has_the_genre_of_its_article(coder):
    document = coder(MUNICIPAL, title="مدير الطرق يهاجم المقاولين ويهدد بمعاقبتهم", date=DAY)
    assert document.headline is not None
    assert document.headline.genre == document.genre
    assert document.headline.events == ()


def test_a_chronicle_of_old_years_gives_no_events(coder, full_coder):
    lines = [
        "1956 - الرئيس المصري جمال عبد الناصر يؤمم قناة السويس.", "1958 - الجيش العراقي يطيح بالملك فيصل الثاني.",
        "1974 - القوات التركية تجتاح شمال قبرص.", "1990 - العراق يغزو الكويت ومجلس الأمن يدين الغزو.",
    ]
    assert judged(coder, "\n".join(lines)).chronicle
    assert full_coder("\n".join(lines), date=DAY).events == ()
    assert not judged(coder, REPORT).chronicle


def test_the_stage_keeps_a_genre_that_is_there():
    class Nothing:
        def of(self, document: Document) -> Genre:
            raise AssertionError(document)

    document = Document("t", "نص", published=dt.date(2021, 3, 5), genre=Genre(9.0))
    assert genre_stage(Nothing()).run(document) == document  # type: ignore[arg-type]


def test_the_less_a_text_speaks_of_politics_the_surer_its_events_must_be():
    demands = [demanded_of(Genre(politics)) for politics in (6.0, 8.0, 10.0, 12.9, 13.0, 40.0)]
    assert demands == sorted(demands, reverse=True)
    assert demands[0] > 0.8 and demands[-1] == 0.0
    assert demanded_of(Genre()) == demanded_of(None) == 0.0
    assert demanded_of(Genre(40.0, comment=True)) > 0.8


def test_caution_reads_no_other_layer(coder):
    document = coder(REPORT, date=DAY)
    assert not unpolitical(document.genre)
    assert unpolitical(msgspec.structs.replace(document.genre, politics=1.0))
