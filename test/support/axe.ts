import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Something may begin to fade in while axe-core looks; what is wrong for longer than this is wrong. */
const LASTING_MS = 2_000;
const LOOK_AGAIN_MS = 250;

/** What axe-core finds serious or critical on a page and stays so, one sentence each. Runs beside the page's policy, as an extension of the browser would. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const deadlineMs = performance.now() + LASTING_MS;
  for (;;) {
    const found = await violationsNow(page);
    if (found.length === 0 || performance.now() > deadlineMs) return found;
    await page.waitForTimeout(LOOK_AGAIN_MS);
  }
}

async function violationsNow(page: Page): Promise<string[]> {
  const loaded = await page.evaluate(() => 'axe' in window);
  // Through the debugger: the content security policy forbids it as a script of the page.
  if (!loaded) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: checker } = window as Window & { axe?: typeof import('axe-core') };
    if (!checker) throw new Error('axe-core did not load');
    // At the edges of a menu: whatever gets the focus there passes it on at once, so nobody meets it.
    const context = { exclude: [['[data-base-ui-focus-guard]']] };
    // Half transparent, nothing has contrast: what fades in or out is waited for.
    const finite = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(finite.map(({ finished }) => finished));
    const { violations } = await checker.run(context, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`);
  });
}
