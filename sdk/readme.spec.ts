import { readFileSync } from 'node:fs';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

describe("the README's example", () => {
  it('is the file of the example, in 30 lines', () => {
    const example = read('./example/main.ts');
    const quoted = /```ts\n([\s\S]*?)```/.exec(read('./README.md'))?.[1];
    expect(quoted).toBe(example);
    expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });
});
