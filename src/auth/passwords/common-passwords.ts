/** Digits and signs that people put behind a word. */
const SUFFIX = /[^\p{Letter}]{1,4}$/u;
/** A word that is left without its suffix must still be one. */
const MIN_STEM_LENGTH = 6;
const LEET: Record<string, string> = { '@': 'a', 4: 'a', 3: 'e', 1: 'i', '!': 'i', 0: 'o', $: 's', 5: 's', 7: 't' };

let loaded: Promise<ReadonlySet<string>> | undefined;

/** Whether it is one of the ~50,000 most common ones, also in capitals, with o as 0, or followed by a year or sign. */
export async function isCommonPassword(password: string): Promise<boolean> {
  const common = await (loaded ??= load());
  const lower = password.normalize('NFKC').toLowerCase().trim();
  const stem = lower.replace(SUFFIX, '');
  const candidates = [lower, unleet(lower), ...(stem.length >= MIN_STEM_LENGTH ? [stem, unleet(stem)] : [])];
  return new Set(lower).size <= 2 || candidates.some((candidate) => common.has(candidate));
}

/** The list takes a moment to unpack, and most processes of a test never need it. */
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}

function unleet(text: string): string {
  return text.replace(/[@430!1$57]/g, (sign) => LEET[sign] ?? sign);
}
