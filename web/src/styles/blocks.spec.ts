import { globSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A class without an element (`__`) or a modifier (`--`), which is all of a rule's selector. */
const BLOCK = /^\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/;

/** With what is in it: there a screen adapts its parts to a width. */
const AT_RULE = /@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;

describe('the stylesheets of the page', () => {
  it('of one folder use no name of another: the styles of one screen never reach the next', () => {
    const owners = new Map<string, Set<string>>();
    for (const file of globSync('**/*.css', { cwd: ROOT })) {
      const rules = readFileSync(path.join(ROOT, file), 'utf8')
        .replace(/\/\*.*?\*\//gs, '')
        .replace(AT_RULE, '');
      for (const [, selectors = ''] of rules.matchAll(/(?:^|\})\s*([^{}@]+?)\s*(?=\{)/g)) {
        const block = BLOCK.exec(selectors)?.[1];
        if (block !== undefined) owners.set(block, (owners.get(block) ?? new Set()).add(path.dirname(file)));
      }
    }
    expect(owners.size).toBeGreaterThan(50);
    expect([...owners].filter(([, folders]) => folders.size > 1)).toEqual([]);
  });
});
