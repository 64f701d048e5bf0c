import { type Random, zipf } from './random.js';

/** A language as far as it matters here: its most frequent words, and the syllables of its others. */
interface Language {
  frequent: string;
  syllables: string;
  /** Between words. */
  space: string;
}

/** Different words of one language. */
const WORDS = 12_000;
/** Zipf exponent of words by rank; about 1 in every language (Zipf 1935). */
const WORD_EXPONENT = 1;
const EMOJI = ['👍', '😂', '🎉', '❤️', '🙏', '😅', '👋🏽', '🚀', '👩‍💻', '✅'];
const EMOJI_SHARE = 0.08;
/** Long messages are rare: their length is spread as times between chance events are. */
const MEAN_WORDS = 9;
const MAX_WORDS = 120;

const LANGUAGES: readonly Language[] = [
  {
    frequent:
      'the to and a of in is it you that for on we be this with have are at I not but can will if so or as do from was what there all just about when one up out time they good work now how meeting',
    syllables:
      'an ber con der en fer gra hol in ju kel lan mer nor ol pre qua ren ser tion un ver wil yon ment al ing ter ous ful ship com pro dis re over',
    space: ' ',
  },
  {
    frequent:
      'die der und in zu den das nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als an nach wie im für man aber aus durch wenn nur war noch werden bei hat wir was wird sein einen welche sind oder über schön größer',
    syllables:
      'an auf be er ge ver zer schaft heit keit ung lich stra ße grü ßen mög lö sun gen ta gung spre cher über müh kön ner fah ren hau wei ter bau tisch',
    space: ' ',
  },
  {
    frequent:
      'w i na z do się nie to że jest o po jak od za co dla przez już tylko tak ale czy był także może przy ich jego które są jeszcze być tym ja my wszystko bardzo dziś',
    syllables:
      'prze wy za po na roz łą cze nie spot ka ści żą da ny ró wno wa gę mó wi ło ś nia dzie ń wie czór ą ę ćwi czy ład ny szko ła',
    space: ' ',
  },
  {
    frequent: 'の に は を た が で て と し れ さ ある いる も する から な こと として',
    syllables:
      '会 議 日 本 東 京 時 間 今 明 開 始 資 料 確 認 連 絡 予 定 参 加 者 画 面 共 有 音 声 問 題 お 願 い ます です ました',
    space: '',
  },
];
/** How much is written in each of them. */
const LANGUAGE_SHARES = [0.55, 0.25, 0.15, 0.05];

/** Makes messages in one language each, with words as frequent as in people's texts. */
export class Vocabulary {
  private readonly languages: { words: string[]; space: string }[];
  private readonly rank: () => number;

  constructor(private readonly random: Random) {
    this.languages = LANGUAGES.map((language) => ({ words: wordsOf(language, random), space: language.space }));
    this.rank = zipf(random, WORDS, WORD_EXPONENT);
  }

  message(): string {
    const { words, space } = this.languages[this.languageIndex()] ?? { words: [], space: ' ' };
    const length = Math.min(MAX_WORDS, 1 + Math.floor(this.random.exponential(MEAN_WORDS - 1)));
    const chosen = Array.from({ length }, () => words[this.rank()] ?? '');
    const sentence = chosen.join(space) + this.random.of(['', '.', '.', '!', '?', ' …']);
    const text = sentence.charAt(0).toUpperCase() + sentence.slice(1);
    return this.random.next() < EMOJI_SHARE ? `${text} ${this.random.of(EMOJI)}` : text;
  }

  /** A name for a person or a room, of `count` words. */
  name(count: number): string {
    const { words } = this.languages[0] ?? { words: [] };
    const chosen = Array.from({ length: count }, () => words[500 + this.random.below(2_000)] ?? '');
    return chosen.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  }

  private languageIndex(): number {
    let share = this.random.next();
    return Math.max(
      0,
      LANGUAGE_SHARES.findIndex((part) => (share -= part) < 0),
    );
  }
}

/** The frequent ones first; the rarer a word, the longer, as it is in languages. */
function wordsOf({ frequent, syllables }: Language, random: Random): string[] {
  const words = new Set(frequent.split(' '));
  const parts = syllables.split(' ');
  while (words.size < WORDS) {
    const longest = 3 + Math.floor((3 * words.size) / WORDS);
    words.add(Array.from({ length: 2 + random.below(longest - 1) }, () => random.of(parts)).join(''));
  }
  return [...words];
}
