const lineEveryMs = 10_000;
const redrawEveryMs = 250;

/** @param {number} ms */
export function duration(ms) {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * The steps under way, several at a time: on a terminal they share one line that is redrawn, elsewhere one line now and
 * then, so that a log stays short and nobody thinks that it hangs.
 * @type {Set<{ title: string, status: string, startedAt: number }>}
 */
const running = new Set();
/** @type {NodeJS.Timeout | undefined} */
let timer;

/**
 * Shows a long piece of work.
 * @template T
 * @param {string} title what is being done: "Installing packages"
 * @param {(progress: (text: string) => void) => Promise<T>} work `progress` says how far it is: "42 %"
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const shown = { title, status: '', startedAt: Date.now() };
  if (!onTerminal()) console.log(`  ${title} …`);
  running.add(shown);
  timer ??= setInterval(show, onTerminal() ? redrawEveryMs : lineEveryMs);
  let mark = '✗';
  try {
    const result = await work((text) => {
      shown.status = text;
    });
    mark = '✓';
    return result;
  } finally {
    running.delete(shown);
    if (running.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    say(`  ${mark} ${title}: ${elapsed(shown)}`);
  }
}

/**
 * Prints a line above the steps that are under way.
 * @param {string} line
 */
export function say(line) {
  console.log(`${onTerminal() ? '\r\u001b[K' : ''}${line}`);
  if (onTerminal() && running.size > 0) show();
}

const onTerminal = () => process.stdout.isTTY === true;

/** @param {{ startedAt: number }} step */
const elapsed = ({ startedAt }) => duration(Date.now() - startedAt);

function show() {
  const text = [...running]
    .map((each) => `${each.title} … ${each.status ? `${each.status}, ` : ''}${elapsed(each)}`)
    .join(' · ');
  // A line that wraps cannot be redrawn.
  process.stdout.write(onTerminal() ? `\r\u001b[K  ${text.slice(0, process.stdout.columns - 3)}` : `    ${text}\n`);
}
