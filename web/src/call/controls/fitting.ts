/** The controls that may go into the menu “More” where the bar is narrow, the most wanted first. */
export const OPTIONAL_CONTROLS = ['chat', 'hand', 'share', 'people', 'reactions', 'layout'] as const;
export type OptionalControl = (typeof OPTIONAL_CONTROLS)[number];

/** CSS pixels: the smallest button that a finger hits, and the gap beside it. */
const CONTROL = 50;
/** Microphone, camera, “More” and leaving are always there; leaving is wider. */
const ALWAYS = 3 * CONTROL + 96;

/** @returns those of `offered` that fit into a bar of that many CSS pixels beside what is always there. */
export function fittingControls(width: number, offered: readonly OptionalControl[]): Set<OptionalControl> {
  const places = Math.max(0, Math.floor((width - ALWAYS) / CONTROL));
  return new Set(OPTIONAL_CONTROLS.filter((control) => offered.includes(control)).slice(0, places));
}
