type Times<Name extends string> = Readonly<Record<Name, number>>;

/**
 * Makes waits shorter, such as those of `TIMES`: a test proves the effect of a wait, not its length. Jest gives each
 * spec file modules of its own, so no other file sees it.
 * @returns the usual waits
 */
export function shorten<Name extends string>(times: Times<Name>, shorter: Partial<Times<Name>>): Times<Name> {
  const usual = { ...times };
  Object.assign(times, shorter);
  return usual;
}

/** The same while `work` runs. */
export async function whileShorter<Name extends string>(
  times: Times<Name>,
  shorter: Partial<Times<Name>>,
  work: () => Promise<void>,
): Promise<void> {
  const usual = shorten(times, shorter);
  try {
    await work();
  } finally {
    Object.assign(times, usual);
  }
}
