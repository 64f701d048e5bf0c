import { TestEnvironment } from 'jest-environment-node';
import { whyNot } from './tools.mjs';

/**
 * Jest's Node environment, which also skips the specs whose tools (`@needs chromium` in the comment at their head) are
 * absent. Where MINIMEET_REQUIRE_ALL is set, as in CI, an absent tool fails them instead.
 */
export default class extends TestEnvironment {
  /** @type {string | undefined} */
  #whyNot;

  /**
   * @param {ConstructorParameters<typeof TestEnvironment>[0]} config
   * @param {ConstructorParameters<typeof TestEnvironment>[1]} context
   */
  constructor(config, context) {
    super(config, context);
    this.#whyNot = whyNot([context.docblockPragmas.needs ?? []].flat().join(' '));
    if (this.#whyNot && process.env.MINIMEET_REQUIRE_ALL) {
      throw new Error(`${context.testPath} must not be skipped here, but ${this.#whyNot}`);
    }
  }

  /**
   * Jest calls it with each event of a run; a skipped root runs no hooks either.
   * @param {{ name: string, test?: { mode?: string | null } }} event
   * @param {{ rootDescribeBlock: { mode?: string | null } }} state
   */
  handleTestEvent(event, state) {
    if (!this.#whyNot) return;
    if (event.name === 'run_start') state.rootDescribeBlock.mode = 'skip';
    if (event.name === 'test_start' && event.test) event.test.mode = 'skip';
  }
}
