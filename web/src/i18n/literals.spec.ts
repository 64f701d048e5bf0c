import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const FOLDER = fileURLToPath(new URL('../', import.meta.url));
/** Attributes, and properties of our own components, whose value a person reads or hears. */
const READ = new Set([
  'alt',
  'title',
  'label',
  'placeholder',
  'hint',
  'text',
  'description',
  'aria-label',
  'confirmLabel',
]);
/** Names are the same in every language. */
const NAMES = new Set(['MiniMeet']);

/** A letter, and not a lone symbol or a figure. */
const isWords = (text: string) => /\p{L}{2}/u.test(text) && !NAMES.has(text.trim());

/** Words that stand in a component itself, as `file: words`. */
function literalsOf(file: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && isWords(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (READ.has(node.name.getText()) && isWords(node.initializer.text)) found.push(node.initializer.text);
    }
    if (ts.isJsxExpression(node) && node.expression) {
      const parent = node.parent;
      const isRead = !ts.isJsxAttribute(parent) || READ.has(parent.name.getText());
      if (isRead) found.push(...choicesOf(node.expression).filter(isWords));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found.map((words) => `${relative(FOLDER, file)}: ${words}`);
}

/** The texts that an expression may give: `{busy ? 'Saving' : 'Save'}`. */
function choicesOf(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isParenthesizedExpression(expression)) return choicesOf(expression.expression);
  if (ts.isConditionalExpression(expression)) {
    return [...choicesOf(expression.whenTrue), ...choicesOf(expression.whenFalse)];
  }
  if (ts.isBinaryExpression(expression)) return choicesOf(expression.right);
  if (ts.isTemplateExpression(expression)) {
    return [expression.head.text, ...expression.templateSpans.map(({ literal }) => literal.text)];
  }
  return [];
}

it('no component says anything in a language of its own: all texts are in the locales', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((name) => literalsOf(join(FOLDER, name), readFileSync(join(FOLDER, name), 'utf8')))).toEqual([]);
});

it.each([
  '<p>Hello there</p>',
  '<input placeholder="Your name" />',
  "<b>{busy ? 'Saving' : name}</b>",
  '<b aria-label={`Remove ${name}`} />',
])('%s would be found', (component) => {
  expect(literalsOf('a.tsx', `const a = ${component};`)).toHaveLength(1);
});

it.each([
  '<p>{name}</p>',
  '<p className="big">{t("save")}</p>',
  '<b>MiniMeet</b>',
  '<i> · </i>',
  '<Row kind="camera" />',
])('%s is fine', (component) => {
  expect(literalsOf('a.tsx', `const a = ${component};`)).toEqual([]);
});
