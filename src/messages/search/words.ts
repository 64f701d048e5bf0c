/** A word of a text, as searches compare it. */
export interface Word {
  /** Without case and diacritics. */
  folded: string;
  /** Written without spaces between words (Chinese, Japanese, Korean, Thai …): searches look for any part of it. */
  isRun: boolean;
  /** UTF-16 code units of the text. */
  start: number;
  end: number;
  /** For each code point of `folded`, which part of the text it stands for; `null`: one code unit each. */
  parts: Part[] | null;
}

interface Part {
  start: number;
  end: number;
}

const ASCII_WORD = /[a-z0-9]+/gi;
/** An emoji with all its parts, letters and digits with their marks, or a sign that is an emoji in some fonts. */
const WORD = /\p{RGI_Emoji}|[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gv;
const EMOJI = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic})$/v;
/** A letter with its marks; decomposed Korean syllables are letters only. */
const CLUSTER = /[\u1100-\u11ff]+|\P{M}\p{M}*|\p{M}+/gu;
/** Scripts without spaces between words; Korean has them, but glues what English has prepositions for to its words. */
const RUN_LETTER =
  /[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script_Extensions=Hangul}\p{Script_Extensions=Thai}\p{Script_Extensions=Lao}\p{Script_Extensions=Khmer}\p{Script_Extensions=Myanmar}]/v;
/** Accents and points that people leave out; vowel signs of Indian scripts and voicing marks of Japanese are none. */
const OPTIONAL_MARK =
  /[[[\p{Mn}\p{Me}]&&[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]]--[\u3099\u309a]]/gv;
const MARK = /\p{M}/u;
/** Skin tones, the sign that asks for a coloured picture, and the key around a digit. */
const EMOJI_VARIANT = /[\p{Emoji_Modifier}\ufe0f\u20e3]/gv;
const NO_WORD_CHARACTER = /[^\p{L}\p{N}\p{M}]/gu;

/** Letters that Unicode does not take apart, as people write them who do not have them. */
const PLAIN_LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ς: 'σ',
};
const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');

/** The words of a text, from the left. Punctuation, control characters and halves of surrogate pairs belong to none. */
export function wordsOf(text: string): Word[] {
  return isAscii(text) ? asciiWords(text) : allWords(text);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function asciiWords(text: string): Word[] {
  return Array.from(text.matchAll(ASCII_WORD), ({ 0: word, index }) => asciiWord(word, index));
}

function asciiWord(word: string, start: number): Word {
  return { folded: word.toLowerCase(), isRun: false, start, end: start + word.length, parts: null };
}

function allWords(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (isAscii(word)) words.push(asciiWord(word, index));
    else if (EMOJI.test(word)) words.push(emoji(word, index));
    else words.push(...foldedWords(word, index));
  }
  return words;
}

function emoji(sign: string, start: number): Word {
  const folded = sign.replace(EMOJI_VARIANT, '');
  const end = start + sign.length;
  return { folded, isRun: false, start, end, parts: Array.from(folded, () => ({ start, end })) };
}

/** Folds letter by letter, to know where each comes from, and parts runs from words: `iPhone東京` is both. */
function foldedWords(letters: string, offset: number): Word[] {
  const words: Word[] = [];
  let word: (Word & { parts: Part[] }) | undefined;
  for (const { 0: cluster, index } of letters.matchAll(CLUSTER)) {
    const part: Part = { start: offset + index, end: offset + index + cluster.length };
    for (const letter of fold(cluster)) {
      // A mark belongs to the letter before it.
      const isRun = word && MARK.test(letter) ? word.isRun : RUN_LETTER.test(letter);
      if (!word || word.isRun !== isRun) {
        word = { folded: '', isRun, ...part, parts: [] };
        words.push(word);
      }
      word.folded += letter;
      word.parts.push(part);
      word.end = part.end;
    }
  }
  return words;
}

function fold(cluster: string): string {
  return cluster
    .normalize('NFKD')
    .toLowerCase()
    .replace(OPTIONAL_MARK, '')
    .replace(PLAIN_LETTER, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .normalize('NFC')
    .replace(NO_WORD_CHARACTER, '');
}
