const lineEveryMs = 10_000;
const redrawEveryMs = 250;

/** @param {number} ms */
export function duration(ms) {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Shows a long piece of work: on a terminal one line that is redrawn, elsewhere a line now and then, so that a log stays
 * short and nobody thinks that it hangs.
 * @template T
 * @param {string} title what is being done: "Installing packages"
 * @param {(progress: (text: string) => void) => Promise<T>} work `progress` says how far it is: "42 %"
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const terminal = process.stdout.isTTY === true;
  const startedAt = Date.now();
  let status = '';
  const elapsed = () => duration(Date.now() - startedAt);
  const show = () => {
    const text = `${title} … ${status ? `${status}, ` : ''}${elapsed()}`;
    process.stdout.write(terminal ? `\r\u001b[K  ${text}` : `    ${text}\n`);
  };
  if (!terminal) console.log(`  ${title} …`);
  const timer = setInterval(show, terminal ? redrawEveryMs : lineEveryMs);
  const finish = (/** @type {string} */ mark) => {
    clearInterval(timer);
    console.log(`${terminal ? '\r\u001b[K' : ''}  ${mark} ${title}: ${elapsed()}`);
  };
  try {
    const result = await work((text) => {
      status = text;
    });
    finish('✓');
    return result;
  } catch (error) {
    finish('✗');
    throw error;
  }
}
