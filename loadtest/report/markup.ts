/** HTML or SVG that is safe as it stands. Only `markup` makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | Part[];

/** A template whose values are escaped, but for markup made by it. */
export function markup(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...parts.map(textOf)));
}

function textOf(part: Part): string {
  if (Array.isArray(part)) return part.map(textOf).join('');
  return part instanceof Markup ? part.text : escape(String(part));
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
