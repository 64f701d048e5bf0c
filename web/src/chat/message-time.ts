const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/** @param iso ISO 8601. @returns the time of the day, as this person writes it. */
export function timeOf(iso: string): string {
  return TIME.format(new Date(iso));
}

export function dayOf(iso: string): string {
  const day = new Date(iso);
  return day.toDateString() === new Date().toDateString() ? 'Today' : DAY.format(day);
}

/** Whether a message is the first of its day. */
export function isNewDay(before: string | undefined, iso: string): boolean {
  return before === undefined || new Date(before).toDateString() !== new Date(iso).toDateString();
}
